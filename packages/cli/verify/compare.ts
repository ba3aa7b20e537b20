/** What a device holds, against what the server has. */
import { isDeepStrictEqual } from 'node:util'
import { LIMITS, type MessageRow } from '@rookery/protocol'
import { fault as makeFault, type Fault, type FaultKind } from './faults.ts'

/** One conversation on one device, loaded to its beginning. */
export interface HeldLog {
  /** How the device is called in a report. */
  readonly device: string
  readonly reader: number
  readonly conversation: number
  readonly log: readonly MessageRow[]
  readonly read_seq: number
  readonly unread: number
  readonly pending: number
}

/** The same conversation as the server gives it to the same person. */
export interface StoredLog {
  readonly log: readonly MessageRow[]
  readonly read_seq: number
  readonly unread: number
}

/** Every way in which the two differ. */
export function findDifferences(held: HeldLog, stored: StoredLog): Fault[] {
  const { device, conversation } = held
  const fault = (kind: FaultKind, text: string) => makeFault(kind, text, device)
  const at = (seq: number) => `${device}, ${conversation}/${seq}`
  const faults: Fault[] = []
  const bySeq = new Map(held.log.map((row) => [row.seq, row]))
  for (const row of stored.log) {
    const own = bySeq.get(row.seq)
    bySeq.delete(row.seq)
    if (!own) faults.push(fault('gap', `[D7] ${at(row.seq)} is missing`))
    else if (!isSame(own, row)) faults.push(fault('changed', `[D2] ${at(row.seq)} is not what the server has`))
  }
  for (const seq of bySeq.keys()) faults.push(fault('foreign', `[D13] ${at(seq)} is not on the server`))
  if (held.log.some(({ seq }, index) => index > 0 && seq <= (held.log[index - 1]?.seq ?? 0)))
    faults.push(fault('disordered', `[D2] ${device} holds ${conversation} in another order`))
  if (held.pending > 0) faults.push(fault('stuck', `[D4] ${device} still has ${held.pending} to send`))
  return [...faults, ...findMiscounts(held, stored)]
}

function findMiscounts(held: HeldLog, { log, read_seq, unread }: StoredLog): Fault[] {
  const { device, conversation, reader } = held
  const fault = (kind: FaultKind, text: string) => makeFault(kind, text, device)
  const faults: Fault[] = []
  const head = log.at(-1)?.seq ?? 0
  if (held.read_seq !== read_seq)
    faults.push(fault('pointer', `[D6] ${device} has read ${conversation} to ${held.read_seq}, the server ${read_seq}`))
  if (read_seq > head) faults.push(makeFault('pointer', `[D6] ${reader} has read ${conversation} past its end`))
  const isNews = ({ sender, body }: MessageRow) =>
    sender !== reader && body.kind !== 'event' && body.kind !== 'recalled'
  const behind = log.filter((row) => row.seq > read_seq && isNews(row)).length
  const right = Math.min(LIMITS.unreadCount, behind)
  if (held.unread !== right)
    faults.push(fault('unread', `[D12] ${device} counts ${held.unread} unread in ${conversation}, not ${right}`))
  if (unread !== right)
    faults.push(
      makeFault('unread', `[D12] the server counts ${unread} unread in ${conversation} for ${reader}, not ${right}`),
    )
  return faults
}

function isSame(one: MessageRow, other: MessageRow): boolean {
  return (
    one.id === other.id &&
    one.rev === other.rev &&
    one.sender === other.sender &&
    one.at === other.at &&
    one.edited_at === other.edited_at &&
    isDeepStrictEqual(one.body, other.body) &&
    isDeepStrictEqual(one.reactions, other.reactions)
  )
}
