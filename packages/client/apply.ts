/** How rows change what a device knows. Pure; applying a row twice changes nothing. */
import { LIMITS, type ContactRow, type Me, type MembershipRow, type MessageRow } from '@rookery/protocol'
import { newConversation, putConversation, type Held } from './held.ts'
import { firstSeq, mergeRows } from './loaded.ts'
import type { ClientState, Conversation, PendingMessage } from './state.ts'

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
  const held = state.conversations.get(row.conversation)
  if (!held) return null
  if (row.rev <= held.rev) return settlePending(state, held, [row])
  const isNew = row.seq === held.last_seq + 1
  if (row.rev !== held.rev + 1 || (!isNew && row.seq > held.last_seq)) return null
  const isUnread = isNew && row.sender !== state.me?.number && row.seq > held.read_seq
  const last_seq = isNew ? row.seq : held.last_seq
  const next: Conversation = {
    ...held,
    last_seq,
    rev: row.rev,
    compared: held.compared === 'uncounted' ? 'uncounted' : 'moved',
    unread: Math.min(LIMITS.unreadCount, held.unread + (isUnread ? 1 : 0)),
    messages: mergeRows({ messages: held.messages, last_seq }, [row]),
    typing: held.typing.filter((number) => number !== row.sender),
    pending: withoutSettled(held.pending, last_seq, [row], state.me),
  }
  return putConversation(state, next)
}

function settlePending(state: ClientState, held: Conversation, rows: readonly MessageRow[]): ClientState {
  const pending = withoutSettled(held.pending, held.last_seq, rows, state.me)
  return pending === held.pending ? state : putConversation(state, { ...held, pending })
}

/** Older messages, as a page brings them: those that join on to what is loaded. */
export function applyOlder(state: ClientState, id: number, older: readonly MessageRow[]): ClientState {
  const held = state.conversations.get(id)
  if (!held || older.at(-1)?.seq !== firstSeq(held) - 1) return state
  return putConversation(state, { ...held, messages: mergeRows(held, older) })
}

/** Somebody's read pointer: a watermark, the greater wins. */
export function applyRead(state: ClientState, id: number, read_seq: number): ClientState {
  const held = state.conversations.get(id)
  if (!held || read_seq <= held.peer_read_seq) return state
  return putConversation(state, { ...held, peer_read_seq: read_seq })
}

/** Somebody writes, or has stopped. */
export function applyTyping(state: ClientState, id: number, number: number, writes: boolean): ClientState {
  const held = state.conversations.get(id)
  if (!held || held.typing.includes(number) === writes) return state
  const others = held.typing.filter((other) => other !== number)
  return putConversation(state, { ...held, typing: writes ? [...others, number] : others })
}

export function putPending(state: ClientState, id: number, pending: readonly PendingMessage[]): ClientState {
  const held = state.conversations.get(id)
  return held ? putConversation(state, { ...held, pending }) : state
}

export function putContact(
  contacts: ReadonlyMap<number, ContactRow>,
  row: ContactRow,
): ReadonlyMap<number, ContactRow> {
  return row.rev > (contacts.get(row.peer)?.rev ?? 0) ? new Map(contacts).set(row.peer, row) : contacts
}

/** What was written to this person in a lost history finds its place again here. */
export function putMembership(state: ClientState, row: MembershipRow): ClientState {
  const held = state.conversations.get(row.conversation) ?? newConversation(row.conversation)
  if (row.rev <= held.own_rev) return state
  const conversations = new Map(state.conversations)
  const stranded = conversations.get(-row.peer)?.pending ?? []
  conversations.delete(-row.peer)
  const { peer, name, writable, rev: own_rev, read_seq } = row
  const told_read_seq = Math.max(held.told_read_seq, read_seq)
  const pending = stranded.length > 0 ? [...stranded, ...held.pending] : held.pending
  const known = { ...held, peer, name, writable, own_rev, told_read_seq, pending }
  return { ...state, conversations: conversations.set(known.id, moveReadPointer(known, read_seq, state.me)) }
}

/** Moves the pointer forward. Unread is what others wrote behind it; where that is not all loaded, the server is asked. */
export function moveReadPointer(conversation: Conversation, read_seq: number, me: Me | null): Conversation {
  if (read_seq <= conversation.read_seq) return conversation
  const moved = { ...conversation, read_seq }
  const unread = countUnread(moved, me)
  return unread === null ? { ...moved, compared: 'uncounted' } : { ...moved, unread }
}

/** Null where messages past the pointer are not loaded. */
export function countUnread(conversation: Conversation, me: Me | null): number | null {
  const { messages, read_seq, last_seq } = conversation
  if (read_seq >= last_seq) return 0
  if (firstSeq(conversation) > read_seq + 1) return null
  const behind = messages.filter(({ seq, sender }) => seq > read_seq && sender !== me?.number)
  return Math.min(LIMITS.unreadCount, behind.length)
}

/** What is still on its way past `last_seq`: a row that was acknowledged, or came, is pending no longer. */
export function withoutSettled(
  pending: readonly PendingMessage[],
  last_seq: number,
  rows: readonly MessageRow[],
  me: Me | null,
): readonly PendingMessage[] {
  if (pending.length === 0) return pending
  const ids = new Set(rows.filter(({ sender }) => sender === me?.number).map(({ id }) => id))
  const left = pending.filter(({ id, state }) => !ids.has(id) && (state.kind !== 'sent' || state.seq > last_seq))
  return left.length === pending.length ? pending : left
}
