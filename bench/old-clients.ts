/** Clients of the old campus protocol, alone and beside a stream of messages over WebSocket. */
import { withScratch } from './cleanup.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import type { Job } from './load/jobs.ts'
import { runLoad } from './load.ts'
import { startRookery, type ServerProcess } from './server.ts'
import { password, type World } from './world.ts'

type OldJob = Extract<Job, { kind: 'old-clients' }>

/** Enough to keep the server busy; each costs a log-in of 44 ms. */
const clientCount = 100

async function withOldClients(
  site: Site,
  work: (server: ServerProcess, job: Omit<OldJob, 'rate'>, world: World) => Promise<readonly Sample[]>,
): Promise<readonly Sample[]> {
  const world = await site.world()
  return withScratch(world.copy(), async (folder) => {
    const server = await startRookery(folder)
    const people = world.pairs.slice(0, clientCount / 2).flatMap(({ number, peer }) => [
      { number, peer },
      { number: peer, peer: number },
    ])
    const timing = { warmUp: 0.5, seconds: site.isQuick ? 1 : 3 }
    const samples = await work(server, { kind: 'old-clients', port: server.port, password, people, ...timing }, world)
    await server.stop()
    return samples
  })
}

async function measureRequests(site: Site): Promise<readonly Sample[]> {
  return withOldClients(site, async (_, job) => [{ value: (await runLoad({ ...job, rate: null })).rate }])
}

/** 5,000 requests a second, beside 1,000 messages a second over WebSocket. */
async function measureReplies(site: Site): Promise<readonly Sample[]> {
  return withOldClients(site, async ({ port }, job, { pairs }) => {
    const others = pairs.slice(clientCount / 2)
    const { warmUp, seconds } = job
    const stream = runLoad({ kind: 'pace', port, lanes: others, rate: 1_000, warmUp: warmUp + 1, seconds: seconds + 1 })
    const { p50, p99, unanswered } = await runLoad({ ...job, rate: 5_000 })
    const { ack } = await stream
    const details = { unanswered, stream_ack_p99: ack.p99 }
    return [
      { value: p50, details },
      { value: p99, details },
    ]
  })
}

export const oldClientMeasurements: readonly Measurement[] = [
  { figures: [figure('udp.requests', 'requests/s', 'more')], measure: measureRequests },
  {
    figures: [figure('udp.reply.p50', 'ms', 'less'), figure('udp.reply.p99', 'ms', 'less')],
    measure: measureReplies,
  },
]
