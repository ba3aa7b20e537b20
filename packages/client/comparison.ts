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

/** @param told the heads that were told in the request. */
export function applySync(held: Held, answer: Output<'sync'>, told: readonly Head[] = []): Held {
  const base = answer.reset ? forgetHistory(held) : held
  const contacts = answer.contacts.reduce(putContact, base.state.contacts)
  const withMembers = answer.memberships.reduce(putMembership, base.state)
  let state = answer.conversations.reduce(putChanged, { ...withMembers, contacts })
  if (!answer.more) {
    const changed = new Set(answer.conversations.map(({ conversation }) => conversation))
    for (const [id, rev] of told) if (!changed.has(id)) state = confirm(state, id, rev)
    state = giveUpStranded({ ...state, synced: true })
  }
  const { epoch, cursor } = answer
  return { ...base, state, epoch, cursor, rev: Math.max(base.rev, answer.rev) }
}

/** The server has nothing newer than what was told. */
function confirm(state: ClientState, id: number, rev: number): ClientState {
  const held = state.conversations.get(id)
  return held?.compared === 'moved' && held.rev === rev ? putConversation(state, { ...held, compared: 'yes' }) : state
}

/** A conversation as `sync` sends it. What does not join on to what is loaded leaves a hole below. */
function putChanged(state: ClientState, changed: ChangedConversation): ClientState {
  const held = state.conversations.get(changed.conversation)
  if (!held) return state
  const last_seq = Math.max(held.last_seq, changed.last_seq)
  const next: Conversation = {
    ...held,
    last_seq,
    rev: Math.max(held.rev, changed.rev),
    // A push may have overtaken the answer.
    compared: held.rev > changed.rev ? 'moved' : 'yes',
    messages: mergeRows({ messages: held.messages, last_seq }, changed.messages),
    pending: withoutSettled(held.pending, last_seq, changed.messages, state.me),
  }
  const counted = held.rev > changed.rev ? held.unread : changed.unread
  return putConversation(state, { ...next, unread: countUnread(next, state.me) ?? counted })
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
