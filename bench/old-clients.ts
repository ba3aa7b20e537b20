/** Clients of the old campus protocol, alone and beside a stream of messages over WebSocket; and datagrams merely sent back. */
import { withScratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import type { OldClientsJob } from './load/jobs.ts'
import { runLoad } from './load.ts'
import { startBareServer, startRookery, type ServerProcess } from './server.ts'
import { password, type World } from './world.ts'

/** Enough to keep the server busy; each costs a log-in of 44 ms. */
const clientCount = 100

const timing = ({ isQuick }: Site) => ({ warmUp: 0.5, seconds: isQuick ? 1 : 3 })

async function withOldClients(
  site: Site,
  work: (
    server: ServerProcess,
    job: Omit<OldClientsJob, 'rate' | 'beside'>,
    world: World,
  ) => Promise<readonly Sample[]>,
): Promise<readonly Sample[]> {
  const world = await site.world()
  return withScratch(world.copy(), async (folder) => {
    const server = await startRookery(folder)
    const people = world.pairs.slice(0, clientCount / 2).flatMap(({ number, peer }) => [
      { number, peer },
      { number: peer, peer: number },
    ])
    const job = { kind: 'old-clients', port: server.port, password, people, ...timing(site) } as const
    const samples = await work(server, job, world)
    await server.stop()
    return samples
  })
}

async function flood(job: Omit<OldClientsJob, 'rate' | 'beside'>): Promise<readonly Sample[]> {
  const { rate, processor } = await runLoad({ ...job, rate: null, beside: null })
  return [{ value: rate, details: { load_processor: processor } }]
}

async function measureEcho(site: Site): Promise<readonly Sample[]> {
  const server = await startBareServer()
  const people = Array.from({ length: clientCount }, () => ({ number: 10_000, peer: 10_000 }))
  const samples = await flood({ kind: 'old-clients', port: server.port, password: null, people, ...timing(site) })
  await server.stop()
  return samples
}

/** 5,000 requests a second, beside 1,000 messages a second over WebSocket. */
async function measureReplies(site: Site): Promise<readonly Sample[]> {
  return withOldClients(site, async ({ port }, job, { pairs }) => {
    const others = pairs.slice(clientCount / 2)
    const { warmUp, seconds } = job
    const stream = { kind: 'pace', port, lanes: others, rate: 1_000, warmUp, seconds } as const
    const { p50, p99, unanswered, processor, beside } = await runLoad({ ...job, rate: 5_000, beside: stream })
    const details = { unanswered, stream_ack_p99: beside?.ack.p99 ?? 0, load_processor: processor }
    return [
      { value: p50, details },
      { value: p99, details },
    ]
  })
}

export const oldClientMeasurements: readonly Measurement[] = [
  { figures: [figure('limit.udp', 'requests/s', 'more')], measure: measureEcho },
  {
    figures: [figure('udp.requests', 'requests/s', 'more', 'limit.udp')],
    measure: (site) => withOldClients(site, (_, job) => flood(job)),
  },
  {
    figures: [figure('udp.reply.p50', 'ms', 'less'), figure('udp.reply.p99', 'ms', 'less')],
    measure: measureReplies,
  },
]
