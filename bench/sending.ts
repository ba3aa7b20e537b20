/** Messages from one person to another: on disk, acknowledged, delivered to the other's socket. */
import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { withScratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import type { Counts } from './load/jobs.ts'
import { runLoad } from './load.ts'
import { readProcessorTime } from './processes.ts'
import { startRookery, type ServerProcess } from './server.ts'

/** Answers the rate, and the server's processor time a message: other work on the machine moves that far less. */
function measureFlood(window: number): Measurement['measure'] {
  return (site) =>
    withServer(site, async (server, lanes) => {
      const timing = { warmUp: 1, seconds: site.isQuick ? 1 : 3 }
      const [began, used] = [performance.now(), readProcessorTime(server.pid)]
      const result = await runLoad({ kind: 'flood', port: server.port, lanes, window, ...timing })
      const seconds = (performance.now() - began) / 1000
      const processor = readProcessorTime(server.pid) - used
      const details = {
        sent: result.sent,
        acknowledged: result.acknowledged,
        delivered: result.delivered,
        load_processor: result.processor,
        server_processor: processor / seconds,
      }
      return { counts: result, samples: [{ value: result.rate, details }, { value: (processor / result.sent) * 1e6 }] }
    })
}

function measurePace(rate: number): Measurement['measure'] {
  return (site) =>
    withServer(site, async (server, lanes) => {
      const timing = { warmUp: 1, seconds: site.isQuick ? 1 : 3 }
      const result = await runLoad({ kind: 'pace', port: server.port, lanes, rate, ...timing })
      const { ack, delivery, late } = result
      const details = { load_late_p50: late.p50, load_late_p99: late.p99 }
      const samples = [ack.p50, ack.p99, delivery.p50, delivery.p99].map((value) => ({ value, details }))
      return { counts: result, samples }
    })
}

type World = Awaited<ReturnType<Site['world']>>
interface Sent {
  readonly counts: Counts
  readonly samples: readonly Sample[]
}

/** @throws unless the data folder holds exactly as many messages as were acknowledged. */
async function withServer(
  site: Site,
  send: (server: ServerProcess, lanes: World['pairs']) => Promise<Sent>,
): Promise<readonly Sample[]> {
  const { pairs, copy } = await site.world()
  return withScratch(copy(), async (folder) => {
    const server = await startRookery(folder)
    const { counts, samples } = await send(server, pairs)
    await server.stop()
    const kept = countMessages(folder)
    if (kept !== counts.acknowledged) throw new Error(`${counts.acknowledged} were acknowledged, ${kept} are on disk.`)
    return samples
  })
}

function countMessages(folder: string): number {
  const db = new Database(join(folder, 'rookery.db'), { readonly: true })
  const row = db.query<{ count: number }, []>('SELECT count(*) AS count FROM messages').get()
  db.close()
  return row?.count ?? 0
}

export const sendingMeasurements: readonly Measurement[] = [
  {
    figures: [
      figure('send.saturate', 'messages/s', 'more', 'limit.inserts'),
      figure('send.saturate.cost', 'µs CPU', 'less', 'limit.inserts.cost'),
    ],
    measure: measureFlood(10),
  },
  {
    figures: [
      figure('send.window1', 'messages/s', 'more', 'limit.inserts.window1'),
      figure('send.window1.cost', 'µs CPU', 'less', 'limit.inserts.window1.cost'),
    ],
    measure: measureFlood(1),
  },
  {
    figures: [
      figure('send.ack.p50', 'ms', 'less', 'limit.fsync.p50'),
      figure('send.ack.p99', 'ms', 'less', 'limit.fsync.p99'),
      figure('send.delivery.p50', 'ms', 'less', 'limit.fsync.p50'),
      figure('send.delivery.p99', 'ms', 'less', 'limit.fsync.p99'),
    ],
    measure: measurePace(1_000),
  },
]
