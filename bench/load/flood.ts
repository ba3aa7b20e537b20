/** Saturation: every lane keeps its window full; what the server acknowledges in the counted seconds is the rate. */
import type { Job, Results } from './jobs.ts'
import { openLane } from './lane.ts'
import type { OpenLane } from './open-lane.ts'
import { drain, fail, sum } from './settle.ts'

const mostMessages = 5_000_000

export async function flood(job: Extract<Job, { kind: 'flood' }>): Promise<Results['flood']> {
  let isRunning = true
  const lanes: readonly OpenLane[] = await Promise.all(
    job.lanes.map(async (lane) => {
      let owed = 0
      const open: OpenLane = await openLane(job.port, lane, job.window, {
        acknowledged: () => (owed += 1),
        delivered: () => {},
        flush() {
          if (owed === 0 || !isRunning) return
          const count = owed
          owed = 0
          open.send(count)
        },
        failed: fail,
      })
      return open
    }),
  )

  for (const lane of lanes) lane.send(job.window)
  await Bun.sleep(job.warmUp * 1000)
  const [began, before, used] = [performance.now(), sum(lanes).acknowledged, process.cpuUsage()]
  await Bun.sleep(job.seconds * 1000)
  const [milliseconds, counted] = [performance.now() - began, sum(lanes).acknowledged - before]
  const { user, system } = process.cpuUsage(used)
  isRunning = false
  if (sum(lanes).sent > mostMessages) fail(`More than ${mostMessages} messages: count fewer seconds.`)
  const totals = await drain(lanes, job.lanes)
  return { ...totals, rate: (counted / milliseconds) * 1000, processor: (user + system) / 1000 / milliseconds }
}
