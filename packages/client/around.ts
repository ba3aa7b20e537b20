/** A run of messages apart from the newest ones: where somebody jumped to. Pure. */
import type { MessageRow } from '@rookery/protocol'
import { putConversation } from './held.ts'
import { firstSeq, mergeRows } from './loaded.ts'
import type { Around, ClientState, Conversation } from './state.ts'

/** Shows these rows, which follow each other. Where they reach the newest ones they become a part of them. */
export function applyAround(state: ClientState, id: number, rows: readonly MessageRow[]): ClientState {
  const held = state.conversations.get(id)
  return held && rows.length > 0 ? putConversation(state, meet(held, rows)) : state
}

/** More of them, right before or after. Anything else changes nothing. */
export function extendAround(state: ClientState, id: number, rows: readonly MessageRow[]): ClientState {
  const held = state.conversations.get(id)
  const [first, last] = [rows[0], rows.at(-1)]
  if (!held?.around || !first || !last) return state
  const { messages } = held.around
  if (last.seq === (messages[0]?.seq ?? 0) - 1) return applyAround(state, id, [...rows, ...messages])
  if (first.seq === (messages.at(-1)?.seq ?? 0) + 1) return applyAround(state, id, [...messages, ...rows])
  return state
}

/** The newest ones are shown again. */
export function leaveAround(state: ClientState, id: number): ClientState {
  const held = state.conversations.get(id)
  return held?.around ? putConversation(state, { ...held, around: null }) : state
}

function meet(held: Conversation, rows: readonly MessageRow[]): Conversation {
  const last = rows.at(-1)?.seq ?? 0
  if (last >= firstSeq(held) - 1) return { ...held, messages: mergeRows(held, rows), around: null }
  const around: Around = { messages: rows, hasOlder: (rows[0]?.seq ?? 0) > held.from_seq + 1, hasNewer: true }
  return { ...held, around }
}
