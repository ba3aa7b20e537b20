/** In which order messages stand, held against the order in which they were sent. */
import type { MessageRow } from '@rookery/protocol'
import { fault, type Fault } from './faults.ts'
import type { Sent } from './sent.ts'

type Rows = ReadonlyMap<string, readonly MessageRow[]>

/** @param sent those of one conversation, in the order of sending. */
export function findDisorder(sent: readonly Sent[], rows: Rows): Fault[] {
  return [...findOvertaking(sent, rows), ...findTangles(sent, rows)]
}

/** B sent after A was acknowledged has the higher seq. */
function findOvertaking(sent: readonly Sent[], rows: Rows): Fault[] {
  const byAck = sent.filter(({ acknowledgedAt }) => acknowledgedAt > 0)
  byAck.sort((a, b) => a.acknowledgedAt - b.acknowledgedAt)
  const faults: Fault[] = []
  let next = 0
  let highest = 0
  for (const message of sent) {
    for (let acked = byAck[next]; acked && acked.acknowledgedAt < message.sentAt; acked = byAck[next]) {
      highest = Math.max(highest, acked.seq)
      next += 1
    }
    const seq = rows.get(message.id)?.[0]?.seq
    if (seq !== undefined && seq <= highest)
      faults.push(fault('disordered', `[D5] ${message.id} at ${seq} comes before an earlier ${highest}`))
  }
  return faults
}

/** What one device wrote stands as it was written. */
function findTangles(sent: readonly Sent[], rows: Rows): Fault[] {
  const faults: Fault[] = []
  const highest = new Map<string, number>()
  for (const { id, line } of sent) {
    const seq = rows.get(id)?.[0]?.seq
    if (line === undefined || seq === undefined) continue
    const before = highest.get(line) ?? 0
    if (seq < before) faults.push(fault('disordered', `[D5] ${id} of ${line} at ${seq} was written after ${before}`))
    highest.set(line, Math.max(before, seq))
  }
  return faults
}
