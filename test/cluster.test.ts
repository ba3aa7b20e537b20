/**
 * Three nodes on PostgreSQL and NATS, while each of these fails: `rookery verify` over all nodes finds nothing wrong.
 * `ROOKERY_CLUSTER_SECONDS=300` and `ROOKERY_CLUSTER_CUT=120` are what a release is held to.
 */
import { expect, test } from 'bun:test'
import { spawnServer, type ServerProcess } from './harness.ts'
import { startNatsServer } from './nats-server.ts'
import { layWire } from './nodes.ts'
import { useCluster } from './postgres.ts'
import { faultless, readReport, startVerify } from './verify-run.ts'

const seconds = Number(process.env.ROOKERY_CLUSTER_SECONDS ?? 24)
const cut = Number(process.env.ROOKERY_CLUSTER_CUT ?? 5)

const database = useCluster()

test(
  '[D1] [D2] [D3] [D4] [D5] [D6] [D7] [D12] [D13] a killed node, PostgreSQL restarted and killed, NATS cut: no fault, all equal within 60 s',
  async () => {
    const nats = await startNatsServer()
    const DATABASE_URL = await database().createDatabase()
    const wires = await Promise.all([layWire(nats), layWire(nats), layWire(nats)])
    const start = (index: number, PORT?: string): Promise<ServerProcess> =>
      spawnServer({ DATABASE_URL, NATS_URL: wires[index]?.url ?? '', ...(PORT !== undefined && { PORT }) })
    const nodes = [await start(0), await start(1), await start(2)]
    const urls = nodes.map(({ url }) => url).join(',')
    const running = startVerify(['--url', urls, '--seconds', String(seconds), '--seed', '11', '--json'])
    const began = performance.now()
    const reach = (share: number) => Bun.sleep(Math.max(0, began + share * seconds * 1_000 - performance.now()))

    await reach(0.15)
    await nodes[1]?.kill()
    await reach(0.3)
    nodes[1] = await start(1, new URL(nodes[1]?.url ?? '').port)
    await database().stop('fast')
    await Bun.sleep(1_000)
    await database().start()
    await reach(0.45)
    await nats.stop('SIGKILL')
    await Bun.sleep(cut * 1_000)
    await nats.start()
    await reach(0.85)
    // A wire that is cut in silence, as by a switch between two rooms.
    wires[2]?.cable.freeze()
    await database().stop('crash')
    await database().start()
    await Bun.sleep(1_500)
    wires[2]?.cable.mend()

    const report = await readReport(running)
    console.log(JSON.stringify({ ...report, faults: report.faults.slice(0, 5) }))
    expect(report).toMatchObject(faultless)
    expect(report.acknowledged).toBeGreaterThan(0.8 * report.sends)
    expect(report.equal_after).toBeLessThan(60_000)
    expect(await running.exited).toBe(0)
    for (const node of nodes) await node.stop()
    for (const { cable } of wires) cable.close()
    await nats.stop()
  },
  (seconds + cut + 120) * 1_000,
)
