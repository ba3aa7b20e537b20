/** What was said that day, as those have it who were there from beginning to end; and what of it is for whom. */
import type { MessageRow } from '@rookery/protocol'
import { readLog } from '../../../packages/cli/verify/ask.ts'
import { fault, type Fault } from '../../../packages/cli/verify/faults.ts'
import type { Day } from './day.ts'
import { readTimeline, type Timeline } from './timeline.ts'
import type { Sighting } from './witness.ts'

export interface Truth {
  /** Of each conversation, from its first message on. */
  readonly logs: ReadonlyMap<number, readonly MessageRow[]>
  /** Of each group. */
  readonly timelines: ReadonlyMap<number, Timeline>
  isIn(number: number, conversation: number): boolean
  /** Whether somebody may ever have seen what stood at a place by a rev. */
  maySee(number: number, conversation: number, seq: number, rev: number): boolean
  /** Those who may look into it, now or before. */
  readonly conversations: readonly number[]
}

export async function readTruth(day: Day): Promise<Truth> {
  const { urls, keeper, pairs, groups, history: record, witness } = day
  const logs = new Map<number, MessageRow[]>()
  const timelines = new Map<number, Timeline>()
  const members = new Map(pairs.map((pair) => [pair.conversation, pair.members.map(({ number }) => number)] as const))
  for (const {
    conversation,
    members: [one],
  } of pairs)
    if (one) logs.set(conversation, await readLog(urls, one.token, conversation))
  for (const { conversation, history } of groups) {
    const log = await readLog(urls, keeper.token, conversation)
    logs.set(conversation, log)
    const sentAt = new Map(record.sentIn(conversation).map((sent) => [sent.id, sent.sentAt] as const))
    const seenAt = firstSeen(witness.sightings)
    const wasKnown = (event: MessageRow, { id }: MessageRow) =>
      (seenAt.get(event.id) ?? Number.POSITIVE_INFINITY) < (sentAt.get(id) ?? 0)
    timelines.set(conversation, readTimeline(log, history, wasKnown))
  }
  return {
    logs,
    timelines,
    conversations: [...logs.keys()],
    isIn: (number, conversation) =>
      members.get(conversation)?.includes(number) ?? timelines.get(conversation)?.isIn(number) ?? false,
    maySee: (number, conversation, seq, rev) =>
      members.get(conversation)?.includes(number) ?? timelines.get(conversation)?.maySee(number, seq, rev) ?? true,
  }
}

/** Since when a message is known to anybody's device, by its id. */
function firstSeen(sightings: Iterable<Sighting>): Map<string, number> {
  const seenAt = new Map<string, number>()
  for (const { row, at } of sightings) if (!seenAt.has(row.id)) seenAt.set(row.id, at)
  return seenAt
}

/** Every way in which what was said breaks a rule, whoever looks at it. */
export function findLogFaults(day: Day, truth: Truth): Fault[] {
  const { history, amendments, forwards, witness, pairs } = day
  const faults = [...history.noted]
  for (const [conversation, log] of truth.logs) {
    for (const row of log) witness.hear(row)
    faults.push(...history.findFaults(conversation, log), ...amendments.findFaults(conversation, log))
    const recalledAt = (from: number, seq: number) =>
      Math.min(
        Number.POSITIVE_INFINITY,
        ...amendments
          .in(from)
          .filter((asked) => asked.seq === seq && asked.change.kind === 'recall')
          .flatMap(({ outcome }) => (outcome.kind === 'made' ? outcome.at : [])),
      )
    const maySee = (number: number, from: number, seq: number) => truth.maySee(number, from, seq, 0)
    faults.push(...forwards.findFaults(log, recalledAt, maySee))
    faults.push(...(truth.timelines.get(conversation)?.faults ?? []))
  }
  for (const { conversation } of pairs)
    faults.push(...findIntrusions(day, conversation, truth.logs.get(conversation) ?? []))
  return [...faults, ...findSightings(day, truth), ...witness.noted]
}

/** What was said or done between two people in a time when nothing could be. */
function findIntrusions(
  { history, amendments, bonds, witness }: Day,
  conversation: number,
  log: readonly MessageRow[],
): Fault[] {
  const ids = new Set(log.map(({ id }) => id))
  const seenAt = firstSeen(witness.sightings)
  const faults: Fault[] = []
  for (const { id, sentAt, acknowledgedAt } of history.sentIn(conversation)) {
    if (!ids.has(id)) continue
    const there = Math.min(acknowledgedAt || Number.POSITIVE_INFINITY, seenAt.get(id) ?? Number.POSITIVE_INFINITY)
    if (bonds.isClosed(conversation, sentAt, there)) faults.push(fault('foreign', `[D10] ${id} came through a block`))
  }
  const asked = amendments.in(conversation)
  for (const { seq, change, outcome, askedAt } of asked) {
    // What is taken back already is answered as it is.
    const isAgain = change.kind === 'recall' && asked.some((other) => other.seq === seq && other.askedAt < askedAt)
    if (outcome.kind === 'made' && !isAgain && bonds.isClosed(conversation, askedAt, outcome.at))
      faults.push(fault('foreign', `[D10] a ${change.kind} of ${conversation}/${seq} came through a block`))
  }
  return faults
}

/** What a device has shown that was not for its owner, or came after it was signed out. */
function findSightings({ witness, revoked, history, amendments }: Day, truth: Truth): Fault[] {
  const faults: Fault[] = []
  const askedAt = new Map<string, number>()
  for (const conversation of truth.conversations) {
    for (const { text, sentAt } of history.sentIn(conversation)) askedAt.set(text, sentAt)
    for (const { change, askedAt: at } of amendments.in(conversation))
      if (change.kind === 'edit') askedAt.set(change.text, at)
  }
  const endedAt = new Map(revoked.map(({ device, at }) => [device.name, at] as const))
  for (const { device, owner, row } of witness.sightings) {
    const { conversation, seq, rev, body } = row
    if (!truth.maySee(owner, conversation, seq, rev))
      faults.push(
        fault(
          'foreign',
          `[D8] [D10] ${device} has seen ${conversation}/${seq} at rev ${rev}, which was not for ${owner}`,
        ),
      )
    const at = body.kind === 'text' && !body.forwarded ? (askedAt.get(body.text) ?? 0) : 0
    if (at > (endedAt.get(device) ?? Number.POSITIVE_INFINITY))
      faults.push(fault('foreign', `[D10] ${device} was signed out and has seen ${conversation}/${seq}`))
  }
  return faults
}
