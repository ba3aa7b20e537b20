/** How messages and hints change what a device knows. Pure; applying a row twice changes nothing. */
import type { GroupRow, Me, MessageRow } from '@rookery/protocol'
import { countChanged, countNext } from './counting.ts'
import { dropConversation, putConversation } from './held.ts'
import { firstSeq, mergeRows, replaceRows } from './loaded.ts'
import { messageKey, type ClientState, type Conversation, type PendingMessage } from './state.ts'

/** A message as pushed or acknowledged. Null: it is not the next change of a conversation known here. */
export function applyMessage(state: ClientState, row: MessageRow): ClientState | null {
  const held = state.conversations.get(row.conversation)
  if (!held) return null
  // What one wrote before one was out and in again, and that is acknowledged only now, is there and not for one any more.
  if (row.seq <= held.from_seq) return applyHidden(settlePending(state, held, [row]), held.id, row.rev)
  if (row.rev <= held.rev) return settlePending(state, held, [row])
  const isNew = row.seq === held.last_seq + 1
  if (row.rev !== held.rev + 1 || (!isNew && row.seq > held.last_seq)) return null
  const last_seq = isNew ? row.seq : held.last_seq
  const next: Conversation = {
    ...held,
    last_seq,
    rev: row.rev,
    compared: held.compared === 'uncounted' ? 'uncounted' : 'moved',
    messages: mergeRows({ messages: held.messages, last_seq }, [row]),
    around: held.around && replaceAround(held.around, [row]),
    typing: isNew ? held.typing.filter((number) => number !== row.sender) : held.typing,
    pending: withoutSettled(held.pending, last_seq, [row], state.me),
  }
  const counted = (isNew ? countNext : countChanged)(next, row, state.me)
  return replaceQuoted(putConversation(state, counted), [row])
}

/** A message from before one's time changed. Null: it is not the next change of a conversation known here. */
export function applyHidden(state: ClientState, id: number, rev: number): ClientState | null {
  const held = state.conversations.get(id)
  if (!held || rev > held.rev + 1) return null
  if (rev <= held.rev) return state
  const compared = held.compared === 'uncounted' ? 'uncounted' : 'moved'
  return putConversation(state, { ...held, rev, compared })
}

function settlePending(state: ClientState, held: Conversation, rows: readonly MessageRow[]): ClientState {
  const pending = withoutSettled(held.pending, held.last_seq, rows, state.me)
  return pending === held.pending ? state : putConversation(state, { ...held, pending })
}

/** A group as it is now; the one with the greater version stays. One that was dissolved is gone. */
export function applyGroup(state: ClientState, group: GroupRow): ClientState {
  const held = state.conversations.get(group.conversation)
  if (held?.kind !== 'group') return state
  if (group.dissolved) return dropConversation(state, held.id)
  if (held.group && held.group.version >= group.version) return state
  return putConversation(state, { ...held, group, name: group.name })
}

/** Rows that changed, where somebody jumped to. */
export function replaceAround(
  around: NonNullable<Conversation['around']>,
  rows: readonly MessageRow[],
): NonNullable<Conversation['around']> {
  const messages = replaceRows(around.messages, rows)
  return messages === around.messages ? around : { ...around, messages }
}

/** Rows that changed, or were not there yet, among the single ones that were asked for. */
export function replaceQuoted(state: ClientState, rows: readonly MessageRow[]): ClientState {
  const fresh = rows.filter((row) => {
    const held = state.quoted.get(messageKey(row.conversation, row.seq))
    return held !== undefined && (held?.rev ?? 0) < row.rev
  })
  if (fresh.length === 0) return state
  const quoted = new Map(state.quoted)
  for (const row of fresh) quoted.set(messageKey(row.conversation, row.seq), row)
  return { ...state, quoted }
}

/** Older messages, as a page brings them: those that join on to what is loaded. */
export function applyOlder(state: ClientState, id: number, older: readonly MessageRow[]): ClientState {
  const held = state.conversations.get(id)
  if (!held || older.at(-1)?.seq !== firstSeq(held) - 1) return state
  return putConversation(state, { ...held, messages: mergeRows(held, older) })
}

/** Somebody's read pointer: a watermark, the greater wins. */
export function applyRead(state: ClientState, id: number, number: number, read_seq: number): ClientState {
  const held = state.conversations.get(id)
  if (!held || number === state.me?.number || read_seq <= (held.readers.get(number) ?? 0)) return state
  const readers = new Map(held.readers).set(number, read_seq)
  const peer_read_seq = number === held.peer ? Math.max(held.peer_read_seq, read_seq) : held.peer_read_seq
  return putConversation(state, { ...held, readers, peer_read_seq })
}

/** Somebody writes, or has stopped. */
export function applyTyping(state: ClientState, id: number, number: number, writes: boolean): ClientState {
  const held = state.conversations.get(id)
  // On another device of one's own: nobody is told that they write themselves.
  if (!held || number === state.me?.number || held.typing.includes(number) === writes) return state
  const others = held.typing.filter((other) => other !== number)
  return putConversation(state, { ...held, typing: writes ? [...others, number] : others })
}

/** What was written to a lost history goes when the last of it is thrown away. */
export function putPending(state: ClientState, id: number, pending: readonly PendingMessage[]): ClientState {
  const held = state.conversations.get(id)
  if (!held) return state
  return id < 0 && pending.length === 0 ? dropConversation(state, id) : putConversation(state, { ...held, pending })
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
