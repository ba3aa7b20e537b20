/** What a server costs that nobody talks through: starting, being there, holding connections open. */
import { makeScratch, withScratch, type Scratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import { runLoad, startLoad } from './load.ts'
import { readSettledMemory } from './processes.ts'
import { startBareServer, startRookery, type ServerProcess } from './server.ts'

const connections = (site: Site) => (site.isQuick ? 2_000 : 10_000)
const storedMessages = 1_000_000

/** One folder with a history serves all rounds: starting changes nothing in it. */
let history: Promise<Scratch> | null = null

async function makeHistory(site: Site): Promise<Scratch> {
  const { pairs, copy } = await site.world()
  const scratch = copy()
  await runLoad({ kind: 'inserts', folder: scratch.path, pairs, batch: 10_000, count: storedMessages })
  return scratch
}

/** What each connection adds to the server's resident memory, and how many a second can be opened. */
async function measureConnections(
  server: ServerProcess,
  count: number,
  tokens: readonly string[] | null,
): Promise<readonly Sample[]> {
  const before = await readSettledMemory(server.pid)
  const load = await startLoad({ kind: 'hold', port: server.port, count, tokens })
  const after = await readSettledMemory(server.pid)
  await load.end()
  await server.stop()
  const details = { connections: count, before_kb: before, after_kb: after }
  return [{ value: (after - before) / count, details }, { value: load.result.rate }]
}

async function measureIdle(site: Site): Promise<readonly Sample[]> {
  const { pairs, copy } = await site.world()
  const tokens = pairs.flatMap(({ sender, receiver }) => [sender, receiver])
  return withScratch(copy(), async (folder) =>
    measureConnections(await startRookery(folder), connections(site), tokens),
  )
}

async function measureStart(launch: () => Promise<ServerProcess>): Promise<readonly Sample[]> {
  const server = await launch()
  await server.stop()
  return [{ value: server.readyAfter }]
}

async function measureRest(launch: () => Promise<ServerProcess>): Promise<readonly Sample[]> {
  const server = await launch()
  const memory = await readSettledMemory(server.pid)
  await server.stop()
  return [{ value: memory / 1024 }]
}

const onEmpty = (site: Site, measure: (launch: () => Promise<ServerProcess>) => Promise<readonly Sample[]>) =>
  withScratch(makeScratch(site.parent), (folder) => measure(() => startRookery(folder)))

export const standingMeasurements: readonly Measurement[] = [
  {
    figures: [figure('limit.socket', 'KB', 'less'), figure('limit.connect', 'connections/s', 'more')],
    measure: async (site) => measureConnections(await startBareServer(), connections(site), null),
  },
  {
    figures: [
      figure('idle.memory', 'KB', 'less', 'limit.socket'),
      figure('login.resume', 'connections/s', 'more', 'limit.connect'),
    ],
    measure: measureIdle,
  },
  { figures: [figure('limit.start', 'ms', 'less')], measure: () => measureStart(startBareServer) },
  {
    figures: [figure('start.ready', 'ms', 'less', 'limit.start')],
    measure: (site) => onEmpty(site, measureStart),
  },
  {
    figures: [figure('start.ready.1m', 'ms', 'less', 'limit.start')],
    async measure(site) {
      history ??= makeHistory(site)
      const { path } = await history
      return measureStart(() => startRookery(path))
    },
  },
  { figures: [figure('limit.rest', 'MB', 'less')], measure: () => measureRest(startBareServer) },
  {
    figures: [figure('rest.memory', 'MB', 'less', 'limit.rest')],
    measure: (site) => onEmpty(site, measureRest),
  },
]
