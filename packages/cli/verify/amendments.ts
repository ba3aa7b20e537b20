/** Edits, recalls and reactions: what was asked for and answered, held against what has become of the messages. */
import { errors, type Answer, type ErrorCode, type MessageRow } from '@rookery/protocol'
import { fault, type Fault } from './faults.ts'
import type { Sent } from './sent.ts'

export type Change =
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'recall' }
  | { readonly kind: 'react'; readonly emoji: string; readonly on: boolean }

export interface Amendment {
  readonly conversation: number
  readonly seq: number
  readonly by: number
  readonly change: Change
}

/** `none`: there was no answer, so it may be done or not, or be done yet. */
export type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  | { readonly kind: 'made'; readonly rev: number; readonly at: number }

export interface Asked extends Amendment {
  /** A step of the history, as `at` of its outcome. */
  readonly askedAt: number
  readonly outcome: Outcome
}

export interface Amendments {
  /** Asks, and records when and what came of it. */
  make(amendment: Amendment, ask: () => Promise<Answer<'messages.edit'>>): Promise<void>
  /** How many were answered as made. */
  readonly made: number
  /** Those of one conversation, in the order of asking. */
  in(conversation: number): readonly Asked[]
  /** Whether a row may be what has become of a message. */
  accepts(message: Sent, row: MessageRow): boolean
  /** Every way in which the rows of a conversation are not what was made of them. */
  findFaults(conversation: number, log: readonly MessageRow[]): Fault[]
}

/** @param step takes the next step of the history that the messages are recorded in. */
export function recordAmendments(step: () => number): Amendments {
  const asked: { -readonly [Key in keyof Asked]: Asked[Key] }[] = []
  const of = ({ conversation, seq }: MessageRow) =>
    asked.filter((other) => other.conversation === conversation && other.seq === seq)

  return {
    async make(amendment, ask) {
      const entry = { ...amendment, askedAt: step(), outcome: { kind: 'none' } as Outcome }
      asked.push(entry)
      const answer = await ask()
      if (answer.ok) entry.outcome = { kind: 'made', rev: answer.value.rev, at: step() }
      else if (errors[answer.code].retry === 'no') entry.outcome = { kind: 'refused', code: answer.code }
    },
    get made() {
      return asked.filter(({ outcome }) => outcome.kind === 'made').length
    },
    in: (conversation) => asked.filter((other) => other.conversation === conversation),
    accepts({ text, sender }, row) {
      if (row.sender !== sender) return false
      if (row.body.kind === 'recalled') return of(row).some(({ change }) => change.kind === 'recall')
      return row.body.kind === 'text' && (row.body.text === text || wasEditedTo(row.body.text, of(row)))
    },
    findFaults: (conversation, log) =>
      log.filter((row) => row.conversation === conversation).flatMap((row) => findFaultsOf(row, of(row))),
  }
}

function wasEditedTo(text: string, asked: readonly Asked[]): boolean {
  return asked.some(
    ({ change, outcome }) => outcome.kind !== 'refused' && change.kind === 'edit' && change.text === text,
  )
}

function findFaultsOf(row: MessageRow, asked: readonly Asked[]): Fault[] {
  const isForeign = ({ change, by }: Asked) => change.kind === 'edit' && by !== row.sender
  const possible = asked.filter((one) => one.outcome.kind !== 'refused' && !isForeign(one))
  const foreign = asked
    .filter((one) => isForeign(one) && one.outcome.kind === 'made')
    .map(({ by }) => fault('refused', `[D11] ${placeOf(row)} was edited by ${by}, whose message it is not`))
  return [
    ...foreign,
    ...findLateRevs(row, possible),
    ...findUnlikeBody(row, possible),
    ...findUnlikeReactions(row, possible),
  ]
}

/** What was asked for after another was answered has the higher rev; and no row is behind what was answered of it. */
function findLateRevs(row: MessageRow, possible: readonly Asked[]): Fault[] {
  const at = placeOf(row)
  return possible.flatMap(({ outcome, askedAt }) => {
    if (outcome.kind !== 'made') return []
    const before = possible.filter((other) => other.outcome.kind === 'made' && other.outcome.at < askedAt)
    const least = before.reduce((most, other) => Math.max(most, revOf(other)), 0)
    if (outcome.rev < least) return fault('disordered', `[D11] ${at} was changed at ${outcome.rev} after ${least}`)
    return row.rev < outcome.rev ? fault('lost', `[D11] ${at} is at rev ${row.rev} and was at ${outcome.rev}`) : []
  })
}

function findUnlikeBody({ body, edited_at, ...row }: MessageRow, possible: readonly Asked[]): Fault[] {
  const at = placeOf(row)
  const recalls = possible.filter(({ change }) => change.kind === 'recall')
  if (body.kind === 'recalled') {
    const isAsked = recalls.some(({ by }) => by === body.by)
    return isAsked ? [] : [fault('changed', `[D9] ${at} was taken back by ${body.by}, who did not ask`)]
  }
  if (recalls.some(({ outcome }) => outcome.kind === 'made'))
    return [fault('changed', `[D9] ${at} was taken back and still says ${JSON.stringify(body)}`)]
  const edits = possible.filter(({ change }) => change.kind === 'edit')
  const newest = newestMade(edits)
  if (body.kind !== 'text') return newest ? [fault('changed', `[D11] ${at} is a ${body.kind} and was edited`)] : []
  const last = edits.filter((edit) => edit === newest || edit.outcome.kind === 'none')
  const isEdited = wasEditedTo(body.text, last)
  if (newest ? !isEdited : edited_at !== undefined && !isEdited)
    return [fault('changed', `[D11] ${at} says ${JSON.stringify(body.text)}, and not what it was edited to last`)]
  return isEdited && edited_at === undefined ? [fault('changed', `[D11] ${at} does not say that it was edited`)] : []
}

function findUnlikeReactions({ body, reactions = [], ...row }: MessageRow, possible: readonly Asked[]): Fault[] {
  const at = placeOf(row)
  if (body.kind === 'recalled')
    return reactions.length > 0 ? [fault('changed', `[D9] ${at} was taken back and has reactions`)] : []
  const asked = possible.filter(({ change }) => change.kind === 'react')
  const byKey = Map.groupBy(asked, ({ change, by }) => (change.kind === 'react' ? `${change.emoji} ${by}` : ''))
  const there = new Set(reactions.flatMap(({ emoji, numbers }) => numbers.map((number) => `${emoji} ${number}`)))
  const faults: Fault[] = []
  for (const key of there)
    if (!byKey.get(key)?.some(isOn)) faults.push(fault('foreign', `[D11] ${at} has ${key}, which nobody asked for`))
  for (const [key, own] of byKey) {
    const newest = newestMade(own)
    const isKnown = own.every(({ outcome }) => outcome.kind === 'made')
    if (isKnown && newest && isOn(newest) !== there.has(key))
      faults.push(fault('changed', `[D11] ${at} ${there.has(key) ? 'has' : 'lacks'} ${key}`))
  }
  return faults
}

function isOn({ change }: Asked): boolean {
  return change.kind === 'react' && change.on
}

function newestMade(asked: readonly Asked[]): Asked | null {
  return asked.reduce<Asked | null>((newest, one) => (revOf(one) > (newest ? revOf(newest) : 0) ? one : newest), null)
}

function revOf({ outcome }: Asked): number {
  return outcome.kind === 'made' ? outcome.rev : 0
}

function placeOf({ conversation, seq }: Pick<MessageRow, 'conversation' | 'seq'>): string {
  return `${conversation}/${seq}`
}
