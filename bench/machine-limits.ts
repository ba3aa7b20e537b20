/** What the machine and the runtime can do without Rookery. */
import { makeScratch, withScratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import { runLoad } from './load.ts'
import { cores } from './processes.ts'
import { startBareServer } from './server.ts'

function measureEcho(window: number): Measurement['measure'] {
  return async ({ isQuick }) => {
    const server = await startBareServer()
    const lanes = Array.from({ length: 100 }, () => ({ kind: 'echo' }) as const)
    const timing = { warmUp: 0.5, seconds: isQuick ? 0.5 : 1 }
    const { rate, processor } = await runLoad({ kind: 'flood', port: server.port, lanes, window, ...timing })
    await server.stop()
    return [{ value: rate, details: { load_processor: processor } }]
  }
}

function measureInserts(batch: number): Measurement['measure'] {
  return async (site) => {
    const { pairs, copy } = await site.world()
    const count = site.isQuick ? 20_000 : 50_000
    return withScratch(copy(), async (folder) => {
      const { rate, cost } = await runLoad({ kind: 'inserts', folder, pairs, batch, count }, cores.measured)
      return [{ value: rate }, { value: cost }]
    })
  }
}

async function measureFsync({ parent, isQuick }: Site): Promise<readonly Sample[]> {
  return withScratch(makeScratch(parent), async (folder) => {
    const job = { kind: 'fsync', folder, count: isQuick ? 500 : 2_000 } as const
    const { p50, p99 } = await runLoad(job, cores.measured)
    return [{ value: p50 }, { value: p99 }]
  })
}

export const limitMeasurements: readonly Measurement[] = [
  { figures: [figure('limit.echo', 'messages/s', 'more')], measure: measureEcho(10) },
  { figures: [figure('limit.echo.window1', 'messages/s', 'more')], measure: measureEcho(1) },
  {
    figures: [figure('limit.inserts', 'messages/s', 'more'), figure('limit.inserts.cost', 'µs CPU', 'less')],
    measure: measureInserts(1_000),
  },
  {
    figures: [
      figure('limit.inserts.window1', 'messages/s', 'more'),
      figure('limit.inserts.window1.cost', 'µs CPU', 'less'),
    ],
    measure: measureInserts(100),
  },
  {
    figures: [figure('limit.fsync.p50', 'ms', 'less'), figure('limit.fsync.p99', 'ms', 'less')],
    measure: measureFsync,
  },
]
