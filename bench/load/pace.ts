/**
 * A steady stream by schedule. Times count from the moment that a message was due, so that a server which stalls is
 * charged for everything that waited meanwhile (what is known as coordinated omission hides just that).
 */
import { setImmediate } from 'node:timers/promises'
import { quantile } from '../statistics.ts'
import type { Latencies, PaceJob, Results } from './jobs.ts'
import { openLane } from './lane.ts'
import type { OpenLane } from './open-lane.ts'
import { drain, fail } from './settle.ts'

export async function pace(job: PaceJob): Promise<Results['pace']> {
  const total = Math.round(job.rate * (job.warmUp + job.seconds))
  const [acks, deliveries, lateness] = [new Float64Array(total), new Float64Array(total), new Float64Array(total)]
  const laneCount = job.lanes.length
  let start = 0
  const due = (index: number) => start + (index * 1000) / job.rate

  const lanes: readonly OpenLane[] = await Promise.all(
    job.lanes.map((lane, position) => {
      const note = (times: Float64Array) => (message: number) => {
        const index = message * laneCount + position
        times[index] = performance.now() - due(index)
      }
      const events = { acknowledged: note(acks), delivered: note(deliveries), flush: () => {}, failed: fail }
      return openLane(job.port, lane, 1, events)
    }),
  )

  start = performance.now() + 10
  for (let next = 0; next < total;) {
    for (; next < total && due(next) <= performance.now(); next += 1) {
      lateness[next] = performance.now() - due(next)
      lanes[next % laneCount]?.send(1)
    }
    // No timer is fine enough; this process has its core to itself, so it may look at the clock all the time.
    await setImmediate()
  }
  const totals = await drain(lanes, job.lanes)

  const counted = (times: Float64Array): Latencies => {
    const rest = times.subarray(Math.round(job.rate * job.warmUp))
    return { p50: quantile(rest, 0.5), p99: quantile(rest, 0.99) }
  }
  return { ...totals, ack: counted(acks), delivery: counted(deliveries), late: counted(lateness) }
}
