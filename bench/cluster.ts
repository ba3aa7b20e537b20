/** Nodes on a PostgreSQL and a NATS of the bench's own: what one and two of them send, beside SQLite in the same run. */
import { migrate } from '@rookery/server'
import { withScratch } from './cleanup.ts'
import { bus, database } from './cluster-parts.ts'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import type { PairLane, Results } from './load/jobs.ts'
import { runLoad } from './load.ts'
import { readProcessorTime } from './processes.ts'
import { startRookery, type ServerProcess } from './server.ts'

const window = 10
const paceRate = 4_500

interface Nodes {
  readonly nodes: readonly ServerProcess[]
  /** Seconds of processor time that PostgreSQL has used, and NATS. */
  used(): { readonly database: number; readonly bus: number }
  readonly lanes: readonly PairLane[]
  count(): Promise<number>
}

interface Totals {
  readonly sent: number
  readonly acknowledged: number
  readonly rate: number
  /** Microseconds of all nodes' processor time a message. */
  readonly cost: number
  /** The same of PostgreSQL's, and of NATS's. */
  readonly databaseCost: number
  readonly busCost: number
}

async function measureNodes(site: Site): Promise<readonly Sample[]> {
  const alone = await withNodes(site, 1, (nodes) => flood(site, nodes))
  const together = await withNodes(site, 2, (nodes) => flood(site, nodes))
  return [...samplesOf(alone), ...samplesOf(together), { value: together.rate / alone.rate }]
}

function samplesOf({ rate, cost, databaseCost, busCost, sent, acknowledged }: Totals): Sample[] {
  return [
    { value: rate, details: { sent, acknowledged } },
    { value: cost },
    { value: databaseCost },
    { value: busCost },
  ]
}

async function measurePace(site: Site): Promise<readonly Sample[]> {
  return withNodes(site, 1, async ({ nodes, lanes, count }) => {
    const [node] = nodes
    if (!node) throw new Error('There is no node.')
    const timing = { warmUp: 1, seconds: site.isQuick ? 1 : 3 }
    const result = await runLoad({ kind: 'pace', port: node.port, lanes, rate: paceRate, ...timing })
    await checkKept(result.acknowledged, count)
    return [result.ack.p50, result.ack.p99].map((value) => ({ value, details: { load_late_p99: result.late.p99 } }))
  })
}

/** With two nodes each sender is on one and each receiver on the other: every message goes over NATS. */
async function flood(site: Site, { nodes, lanes, count, used: usedBeside }: Nodes): Promise<Totals> {
  const [one, other] = [nodes[0], nodes.at(-1)]
  if (!one || !other) throw new Error('There is no node.')
  const timing = { warmUp: 1, seconds: site.isQuick ? 1 : 3 }
  const used = () => nodes.reduce((sum, { pid }) => sum + readProcessorTime(pid), 0)
  const before = { nodes: used(), ...usedBeside() }
  const halves =
    nodes.length === 1
      ? [lanes]
      : [lanes.filter((_, index) => index % 2 === 0), lanes.filter((_, index) => index % 2 === 1)]
  const results = await Promise.all(
    halves.map((half, index) => {
      const [port, receiverPort] = index === 0 ? [one.port, other.port] : [other.port, one.port]
      return runLoad({ kind: 'flood', port, lanes: half.map((lane) => ({ ...lane, receiverPort })), window, ...timing })
    }),
  )
  const sum = (part: keyof Results['flood']) => results.reduce((total, result) => total + result[part], 0)
  const after = { nodes: used(), ...usedBeside() }
  const costOf = (part: keyof typeof after) => ((after[part] - before[part]) / sum('sent')) * 1e6
  await checkKept(sum('acknowledged'), count)
  return {
    sent: sum('sent'),
    acknowledged: sum('acknowledged'),
    rate: sum('rate'),
    cost: costOf('nodes'),
    databaseCost: costOf('database'),
    busCost: costOf('bus'),
  }
}

async function checkKept(acknowledged: number, count: () => Promise<number>): Promise<void> {
  const kept = await count()
  if (kept !== acknowledged) throw new Error(`${acknowledged} were acknowledged, ${kept} are in PostgreSQL.`)
}

/** A database of its own each time, with the people of the run and nothing said. */
async function withNodes<Value>(site: Site, count: number, use: (nodes: Nodes) => Promise<Value>): Promise<Value> {
  const { pairs, copy } = await site.world()
  const [{ createDatabase, query, pids }, nats] = await Promise.all([database(), bus()])
  return withScratch(copy(), async (folder) => {
    const url = await createDatabase()
    const copied = await migrate({ from: folder, to: url, replace: false, onTable: () => undefined })
    if (!copied.ok) throw new Error(copied.problem)
    const settings = { DATABASE_URL: url, NATS_URL: nats.url }
    const nodes = await Promise.all(Array.from({ length: count }, () => startRookery(folder, settings)))
    try {
      const kept = async () => Number(await query(url, 'SELECT count(*) FROM messages'))
      const used = () => ({
        database: pids().reduce((sum, pid) => sum + readProcessorTime(pid), 0),
        bus: readProcessorTime(nats.pid),
      })
      return await use({ nodes, lanes: pairs, count: kept, used })
    } finally {
      await Promise.all(nodes.map((node) => node.stop()))
    }
  })
}

export const clusterMeasurements: readonly Measurement[] = [
  {
    figures: [
      figure('cluster.send', 'messages/s', 'more', 'send.saturate'),
      figure('cluster.send.cost', 'µs CPU', 'less', 'send.saturate.cost'),
      figure('cluster.send.database_cost', 'µs CPU', 'less'),
      figure('cluster.send.bus_cost', 'µs CPU', 'less'),
      figure('cluster.send.two', 'messages/s', 'more', 'send.saturate'),
      figure('cluster.send.two.cost', 'µs CPU', 'less', 'send.saturate.cost'),
      figure('cluster.send.two.database_cost', 'µs CPU', 'less'),
      figure('cluster.send.two.bus_cost', 'µs CPU', 'less'),
      figure('cluster.two_to_one', 'times', 'more'),
    ],
    measure: measureNodes,
  },
  {
    figures: [figure('cluster.ack.p50', 'ms', 'less'), figure('cluster.ack.p99', 'ms', 'less')],
    measure: measurePace,
  },
]
