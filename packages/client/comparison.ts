/** The device's side of `sync`: what it tells, how it takes the answer, and whether it then has everything. */
import { LIMITS, type ChangedConversation, type Output } from '@rookery/protocol'
import { applyGroup, replaceAround, replaceQuoted, withoutSettled } from './apply.ts'
import { countUnread } from './counting.ts'
import { dropQuoted, newStranded, nothingHeld, putConversation, startAnew, type Held } from './held.ts'
import { mergeRows } from './loaded.ts'
import { putOwnRows } from './own-rows.ts'
import type { ClientState, Conversation, PendingMessage } from './state.ts'

export type Head = readonly [conversation: number, rev: number]

/** The revs that the cursor does not say. */
export function headsToTell({ conversations }: ClientState): Head[] {
  const heads: Head[] = []
  for (const { id, rev, compared } of conversations.values()) {
    if (compared === 'yes' || id < 0) continue
    // One less than it is: then the answer has the conversation, and its count.
    heads.push([id, compared === 'moved' ? rev : Math.max(0, rev - 1)])
    if (heads.length === LIMITS.syncHeads) break
  }
  return heads
}

/**
 * @param told the heads that were told in the request.
 * @param asked the state at that moment: the server counted with the read pointers that it had then.
 */
export function applySync(
  held: Held,
  answer: Output<'sync'>,
  told: readonly Head[] = [],
  asked: ClientState | null = null,
): Held {
  const base = answer.reset ? forgetHistory(held) : held
  const withRows = putOwnRows(base.state, answer, base.rev)
  const isCounted = findCounted(answer, asked)
  let state = answer.conversations.reduce((so, changed) => putChanged(so, changed, isCounted), withRows)
  if (!answer.more) {
    const changed = new Set(answer.conversations.map(({ conversation }) => conversation))
    for (const [id, rev] of told) if (!changed.has(id)) state = confirm(state, id, rev)
    state = giveUpStranded({ ...state, synced: true })
  }
  const { epoch, cursor } = answer
  return { ...base, state, epoch, cursor, rev: Math.max(base.rev, answer.rev) }
}

/** The server knows the pointer, and can count what this device cannot. */
export function isToBeCounted({ compared, read_seq, told_read_seq }: Conversation): boolean {
  return compared === 'uncounted' && told_read_seq >= read_seq
}

/** The server has nothing newer than what was told. */
function confirm(state: ClientState, id: number, rev: number): ClientState {
  const held = state.conversations.get(id)
  return held?.compared === 'moved' && held.rev === rev ? putConversation(state, { ...held, compared: 'yes' }) : state
}

/** Whether the count in an answer is one for the pointer as it is now: it may have moved since the server was asked. */
function findCounted({ reset, memberships }: Output<'sync'>, asked: ClientState | null) {
  const pointers = new Map(memberships.map(({ conversation, read_seq }) => [conversation, read_seq]))
  const known = reset ? null : asked
  return ({ id, read_seq }: Conversation): boolean =>
    asked === null || read_seq === Math.max(pointers.get(id) ?? 0, known?.conversations.get(id)?.told_read_seq ?? 0)
}

/** A conversation as `sync` sends it. What does not join on to what is loaded leaves a hole below. */
function putChanged(
  state: ClientState,
  changed: ChangedConversation,
  isCounted: (conversation: Conversation) => boolean,
): ClientState {
  const held = state.conversations.get(changed.conversation)
  if (!held) return state
  const last_seq = Math.max(held.last_seq, changed.last_seq)
  // What came by a push after the answer was made is not older than it.
  const kept = changed.stale ? held.messages.filter(({ rev }) => rev > changed.rev) : held.messages
  const next: Conversation = {
    ...held,
    last_seq,
    rev: Math.max(held.rev, changed.rev),
    messages: mergeRows({ messages: kept, last_seq }, changed.messages),
    around: changed.stale ? null : held.around && replaceAround(held.around, changed.messages),
    pending: withoutSettled(held.pending, last_seq, changed.messages, state.me),
  }
  const own = countUnread(next, state.me)
  // A push may have overtaken the answer.
  const isOvertaken = held.rev > changed.rev
  const isKnown = own !== null || (isOvertaken ? held.compared !== 'uncounted' : isCounted(held))
  const compared = isKnown ? (isOvertaken ? 'moved' : 'yes') : 'uncounted'
  const { unread, mentioned } = own ?? (isOvertaken ? held : changed)
  const counted = { ...next, compared, unread, mentioned: mentioned > next.read_seq ? mentioned : 0 } as const
  const put = putConversation(changed.stale ? dropQuoted(state, held.id) : state, counted)
  const current = replaceQuoted(put, changed.messages)
  return changed.group ? applyGroup(current, changed.group) : current
}

/**
 * Another history: only what was never sent is kept, by the person it was for, since conversations have other numbers.
 * A group has nothing else to be known by: what was written there stays to be seen.
 */
export function forgetHistory(held: Held): Held {
  const { connection, me, online } = held.state
  const conversations = new Map<number, Conversation>()
  for (const lost of held.state.conversations.values()) {
    if (lost.pending.length === 0) continue
    const pending = lost.pending.map(lost.kind === 'group' ? giveUp : sendAgain)
    conversations.set(newStranded(lost).id, { ...newStranded(lost), name: lost.name, pending })
  }
  return startAnew(held, { ...nothingHeld.state, connection, me, online, conversations })
}

/**
 * Acknowledged in the other history: whether it is in this one, sending it again will tell. But what was to be forwarded
 * is known by numbers that may mean something else now.
 */
function sendAgain(message: PendingMessage): PendingMessage {
  if (message.body.kind === 'forward') return { ...giveUp(message), body: { ...message.body, from: 0 } }
  return message.state.kind === 'sent' ? { ...message, state: { kind: 'sending' } } : message
}

/** In this history the two have no conversation: what was written stays to be seen, and is not sent. */
function giveUpStranded(state: ClientState): ClientState {
  return [...state.conversations.values()]
    .filter(({ id, pending }) => id < 0 && pending.some((message) => message.state.kind === 'sending'))
    .reduce((so, stranded) => putConversation(so, { ...stranded, pending: stranded.pending.map(giveUp) }), state)
}

function giveUp(message: PendingMessage): PendingMessage {
  return { ...message, state: { kind: 'failed', code: 'not_member' } }
}

/** The sum of all revs: nothing is ever ahead of the server's, so an equal sum is equal revs. */
export function sumRevs({ conversations }: ClientState): number {
  let sum = 0
  for (const { id, rev } of conversations.values()) if (id > 0) sum += rev
  return sum
}

/** What is held is not what was thought: every rev is told, and what is missing comes. */
export function doubtEverything(held: Held): Held {
  const conversations = new Map(held.state.conversations)
  for (const [id, conversation] of conversations)
    if (conversation.compared === 'yes') conversations.set(id, { ...conversation, compared: 'moved' })
  return { ...held, state: { ...held.state, conversations } }
}
