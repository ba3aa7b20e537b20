/** Which conversations are listed, in which order, and how much in them is unread. */
import type { Conversation } from '@rookery/client'

export type Conversations = ReadonlyMap<number, Conversation>

/** When something was last said here; 0 where nothing was. For showing only, as all times are. */
export function lastAt(conversation: Conversation): number {
  return conversation.pending.at(-1)?.at ?? conversation.messages.at(-1)?.at ?? 0
}

/** Newest first. What was never used and cannot be is left out. */
export function orderConversations(conversations: Conversations): Conversation[] {
  return [...conversations.values()]
    .filter((one) => one.writable || one.last_seq > 0 || one.pending.length > 0)
    .toSorted((one, other) => lastAt(other) - lastAt(one) || other.id - one.id)
}

/** The conversation above or below in the list; the first one when none is open. */
export function neighbourOf(conversations: Conversations, open: number | null, step: -1 | 1): number | null {
  const order = orderConversations(conversations)
  const at = order.findIndex((one) => one.id === open)
  const next = at === -1 ? order[0] : order[at + step]
  return next?.id ?? null
}

export function totalUnread(conversations: Conversations): number {
  let total = 0
  for (const conversation of conversations.values()) total += conversation.unread
  return total
}

/** Messages that the server has not acknowledged. */
export function countUnsent(conversations: Conversations): number {
  let count = 0
  for (const { pending } of conversations.values()) count += pending.filter(({ state }) => state.kind !== 'sent').length
  return count
}

export function findByPeer(conversations: Conversations, number: number): Conversation | undefined {
  for (const conversation of conversations.values()) if (conversation.peer === number) return conversation
  return undefined
}
