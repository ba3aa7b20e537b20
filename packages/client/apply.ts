/** How rows change what a device knows. Pure; applying a row twice changes nothing. */
import {
  LIMITS,
  type ChangedConversation,
  type ContactRow,
  type Me,
  type MembershipRow,
  type MessageRow,
  type Output,
} from '@rookery/protocol'
import { initialState, type ClientState, type Conversation, type PendingMessage } from './state.ts'

/** A device's copy, and how far it goes: everything up to `rev`, of the history called `epoch`. */
export interface Held {
  readonly state: ClientState
  readonly epoch: string
  readonly rev: number
}

export const nothingHeld: Held = { state: initialState, epoch: '', rev: 0 }

export function applySync(held: Held, answer: Output<'sync'>): Held {
  const base = answer.epoch === held.epoch ? held : forget(held, answer.epoch)
  const contacts = answer.contacts.reduce(putContact, base.state.contacts)
  const withMembers = answer.memberships.reduce(putMembership, base.state)
  const state = answer.conversations.reduce((so, changed) => putChanged(so, changed), { ...withMembers, contacts })
  return {
    state: { ...state, synced: state.synced || !answer.more },
    epoch: answer.epoch,
    rev: Math.max(base.rev, answer.rev),
  }
}

/** Another epoch, another history: only what was never sent is kept. */
function forget({ state }: Held, epoch: string): Held {
  const unsent = [...state.conversations.values()].filter(({ pending }) => pending.length > 0)
  const conversations = new Map(
    unsent.map(({ id, peer, name, pending }) => [
      id,
      { ...newConversation(id), peer, name, pending: pending.map(sendAgain) },
    ]),
  )
  return { state: { ...state, synced: false, contacts: new Map(), conversations }, epoch, rev: 0 }
}

/** Acknowledged in the other history: whether it is in this one, sending it again will tell. */
function sendAgain(message: PendingMessage): PendingMessage {
  return message.state.kind === 'sent' ? { ...message, state: { kind: 'sending' } } : message
}

function giveUp(message: PendingMessage): PendingMessage {
  return { ...message, state: { kind: 'failed', code: 'not_member' } }
}

/** Own rows as pushed. Null: one is not the next, something was missed. */
export function applyOwnRows(
  held: Held,
  contacts: readonly ContactRow[],
  memberships: readonly MembershipRow[],
): Held | null {
  const fresh = [...contacts, ...memberships]
    .map(({ rev }) => rev)
    .filter((rev) => rev > held.rev)
    .sort((a, b) => a - b)
  if (fresh.some((rev, index) => rev !== held.rev + 1 + index)) return null
  const isFresh = ({ rev }: { rev: number }) => rev > held.rev
  const state = memberships.filter(isFresh).reduce(putMembership, held.state)
  return {
    ...held,
    state: { ...state, contacts: contacts.filter(isFresh).reduce(putContact, state.contacts) },
    rev: fresh.at(-1) ?? held.rev,
  }
}

/** A message as pushed or acknowledged. Null: it is not the next change of a conversation known here. */
export function applyMessage(state: ClientState, row: MessageRow): ClientState | null {
  const conversation = state.conversations.get(row.conversation)
  if (!conversation) return null
  if (row.rev <= conversation.rev)
    return putConversation(state, {
      ...conversation,
      pending: withoutSent(conversation.pending, conversation.last_seq, [row], state),
    })
  if (row.rev !== conversation.rev + 1 || row.seq !== conversation.last_seq + 1) return null
  const isUnread = row.sender !== state.me?.number && row.seq > conversation.read_seq
  return putConversation(state, {
    ...conversation,
    last_seq: row.seq,
    rev: row.rev,
    unread: Math.min(LIMITS.unreadCount, conversation.unread + (isUnread ? 1 : 0)),
    messages: [...conversation.messages, row],
    pending: withoutSent(conversation.pending, row.seq, [row], state),
  })
}

/** Older messages, put before those held. */
export function applyOlder(state: ClientState, id: number, older: readonly MessageRow[]): ClientState {
  const conversation = state.conversations.get(id)
  if (!conversation || older.at(-1)?.seq !== firstSeq(conversation) - 1) return state
  return putConversation(state, { ...conversation, messages: [...older, ...conversation.messages] })
}

/** The seq of the oldest message held; one past the newest where none is. */
export function firstSeq({ messages, last_seq }: Conversation): number {
  return messages[0]?.seq ?? last_seq + 1
}

/** Somebody's read pointer: a watermark, the greater wins. */
export function applyRead(state: ClientState, id: number, read_seq: number): ClientState {
  const conversation = state.conversations.get(id)
  if (!conversation || read_seq <= conversation.peer_read_seq) return state
  return putConversation(state, { ...conversation, peer_read_seq: read_seq })
}

export function putPending(state: ClientState, id: number, pending: readonly PendingMessage[]): ClientState {
  const conversation = state.conversations.get(id)
  return conversation ? putConversation(state, { ...conversation, pending }) : state
}

function putContact(contacts: ReadonlyMap<number, ContactRow>, row: ContactRow): ReadonlyMap<number, ContactRow> {
  return row.rev > (contacts.get(row.peer)?.rev ?? 0) ? new Map(contacts).set(row.peer, row) : contacts
}

function putMembership(state: ClientState, row: MembershipRow): ClientState {
  const held = state.conversations.get(row.conversation) ?? newConversation(row.conversation)
  if (row.rev <= held.own_rev) return state
  const { peer, name, writable, rev: own_rev } = row
  // In another history the same id may be another person's: what was meant for the first is not for them.
  const pending = held.peer === 0 || held.peer === peer ? held.pending : held.pending.map(giveUp)
  return putConversation(
    state,
    moveReadPointer({ ...held, peer, name, writable, own_rev, pending }, row.read_seq, state),
  )
}

function newConversation(id: number): Conversation {
  const unknown = { peer: 0, name: '', writable: false, own_rev: 0 }
  return { id, ...unknown, last_seq: 0, rev: 0, read_seq: 0, unread: 0, peer_read_seq: 0, messages: [], pending: [] }
}

/** Moves the pointer forward. Unread is what others wrote behind it; where that is not all held, the server is asked. */
export function moveReadPointer(conversation: Conversation, read_seq: number, { me }: ClientState): Conversation {
  if (read_seq <= conversation.read_seq) return conversation
  const moved = { ...conversation, read_seq }
  const unread = countUnread(moved, me)
  return unread === null ? { ...moved, rev: 0 } : { ...moved, unread }
}

/** Null where messages past the pointer are not held. */
function countUnread({ messages, read_seq, last_seq }: Conversation, me: Me | null): number | null {
  if (read_seq >= last_seq) return 0
  if ((messages[0]?.seq ?? last_seq + 1) > read_seq + 1) return null
  const behind = messages.filter(({ seq, sender }) => seq > read_seq && sender !== me?.number)
  return Math.min(LIMITS.unreadCount, behind.length)
}

/**
 * A conversation as `sync` sends it: its newest messages after the rev held. Where they do not join on to those held,
 * the ones held are let go and come again, page by page, when they are scrolled to.
 */
function putChanged(state: ClientState, changed: ChangedConversation): ClientState {
  const held = state.conversations.get(changed.conversation)
  if (!held || changed.rev <= held.rev) return state
  const fresh = changed.messages.filter(({ seq }) => seq > held.last_seq)
  const joins = fresh.length === 0 || fresh[0]?.seq === held.last_seq + 1
  const next: Conversation = {
    ...held,
    last_seq: changed.last_seq,
    rev: changed.rev,
    messages: joins ? [...held.messages, ...fresh] : fresh,
    pending: withoutSent(held.pending, changed.last_seq, changed.messages, state),
  }
  return putConversation(state, { ...next, unread: countUnread(next, state.me) ?? changed.unread })
}

/** What is still on its way past `last_seq`: a row that was acknowledged, or came, is pending no longer. */
function withoutSent(
  pending: readonly PendingMessage[],
  last_seq: number,
  rows: readonly MessageRow[],
  { me }: ClientState,
): readonly PendingMessage[] {
  if (pending.length === 0) return pending
  const ids = new Set(rows.filter(({ sender }) => sender === me?.number).map(({ id }) => id))
  return pending.filter(({ id, state }) => !ids.has(id) && (state.kind !== 'sent' || state.seq > last_seq))
}

function putConversation(state: ClientState, conversation: Conversation): ClientState {
  return { ...state, conversations: new Map(state.conversations).set(conversation.id, conversation) }
}
