/** The end of a load: what was sent must have arrived, all of it, on both sides. */
import type { Counts, Lane } from './jobs.ts'
import type { OpenLane } from './open-lane.ts'

const patience = 10_000

/** Waits until every message sent is acknowledged and, where there is somebody to get it, delivered. */
export async function drain(lanes: readonly OpenLane[], described: readonly Lane[]): Promise<Counts> {
  const receivers = described.some(({ kind }) => kind !== 'echo')
  const deadline = performance.now() + patience
  for (;;) {
    const counts = sum(lanes)
    if (counts.acknowledged === counts.sent && (!receivers || counts.delivered === counts.sent)) return counts
    if (performance.now() > deadline) fail(`Sent, acknowledged and delivered disagree: ${JSON.stringify(counts)}.`)
    await Bun.sleep(10)
  }
}

export function sum(lanes: readonly OpenLane[]): Counts {
  const total = (count: keyof Counts) => lanes.reduce((soFar, lane) => soFar + lane[count], 0)
  return { sent: total('sent'), acknowledged: total('acknowledged'), delivered: total('delivered') }
}

/** A run that lost anything is no measurement. */
export function fail(reason: string): never {
  console.error(reason)
  process.exit(1)
}
