/** The device's side of `sync`: what it tells, how it takes the answer, and whether it then has everything. */
import { LIMITS, type ChangedConversation, type Output } from '@rookery/protocol'
import { countUnread, putContact, putMembership, withoutSettled } from './apply.ts'
import { newConversation, putConversation, startAnew, type Held } from './held.ts'
import { mergeRows } from './loaded.ts'
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
  const contacts = answer.contacts.reduce(putContact, base.state.contacts)
  const withMembers = answer.memberships.reduce(putMembership, base.state)
  const isCounted = findCounted(answer, asked)
  let state = answer.conversations.reduce((so, changed) => putChanged(so, changed, isCounted), {
    ...withMembers,
    contacts,
  })
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
  const next: Conversation = {
    ...held,
    last_seq,
    rev: Math.max(held.rev, changed.rev),
    messages: mergeRows({ messages: held.messages, last_seq }, changed.messages),
    pending: withoutSettled(held.pending, last_seq, changed.messages, state.me),
  }
  const own = countUnread(next, state.me)
  // A push may have overtaken the answer.
  const isOvertaken = held.rev > changed.rev
  const isKnown = own !== null || (isOvertaken ? held.compared !== 'uncounted' : isCounted(held))
  const compared = isKnown ? (isOvertaken ? 'moved' : 'yes') : 'uncounted'
  return putConversation(state, { ...next, compared, unread: own ?? (isOvertaken ? held.unread : changed.unread) })
}

/** Another history: only what was never sent is kept, by the person it was for, since conversations have other numbers. */
export function forgetHistory(held: Held): Held {
  const { state } = held
  const conversations = new Map<number, Conversation>()
  for (const { peer, name, pending } of state.conversations.values()) {
    if (pending.length === 0) continue
    const stranded = { ...newConversation(-peer), peer, name, pending: pending.map(sendAgain) }
    conversations.set(stranded.id, stranded)
  }
  return startAnew(held, { ...state, synced: false, contacts: new Map(), conversations })
}

/** Acknowledged in the other history: whether it is in this one, sending it again will tell. */
function sendAgain(message: PendingMessage): PendingMessage {
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
