/** Which conversations are listed, in which order, and how much in them is unread. */
import type { ClientState, Conversation } from '@rookery/client'

export type Conversations = ReadonlyMap<number, Conversation>

/** When something was last said here; 0 where nothing was. For showing only, as all times are. */
export function lastAt(conversation: Conversation): number {
  return conversation.pending.at(-1)?.at ?? conversation.messages.at(-1)?.at ?? 0
}

export type Listed = Pick<ClientState, 'conversations' | 'contacts'>

/** The pinned ones, then all others; newest first. What was never used and cannot be is left out. */
export function orderConversations({ conversations, contacts }: Listed): Conversation[] {
  return [...conversations.values()]
    .filter((one) => one.writable || one.last_seq > 0 || one.pending.length > 0)
    .map((one) => ({ one, at: lastAt(one) || contactSince(one, contacts) }))
    .toSorted(
      (left, right) =>
        Number(right.one.pinned_at > 0) - Number(left.one.pinned_at > 0) ||
        right.at - left.at ||
        right.one.id - left.one.id,
    )
    .map(({ one }) => one)
}

/** A chat with nothing in it began when the two became contacts; of notes to oneself no such time is known. */
function contactSince({ kind, peer }: Conversation, contacts: Listed['contacts']): number {
  const contact = kind === 'direct' ? contacts.get(peer) : undefined
  return contact?.state === 'friend' ? contact.at : 0
}

/** Whether it is to be read: something is unread, or it is marked so by hand. */
export function isUnread({ unread, marked }: Conversation): boolean {
  return unread > 0 || marked
}

/** The conversation above or below in the list; the first one when none is open. */
export function neighbourOf(listed: Listed, open: number | null, step: -1 | 1): number | null {
  const order = orderConversations(listed)
  const at = order.findIndex((one) => one.id === open)
  const next = at === -1 ? order[0] : order[at + step]
  return next?.id ?? null
}

/** What a badge outside of the list counts: nothing of muted chats, but for those that mention one. */
export function totalUnread(conversations: Conversations): number {
  let total = 0
  for (const { unread, marked, muted, mentioned } of conversations.values())
    if (!muted) total += unread || Number(marked)
    else if (mentioned > 0) total += 1
  return total
}

/** Messages that the server has not acknowledged. */
export function countUnsent(conversations: Conversations): number {
  let count = 0
  for (const { pending } of conversations.values()) count += pending.filter(({ state }) => state.kind !== 'sent').length
  return count
}

export function findByPeer(conversations: Conversations, number: number): Conversation | undefined {
  for (const conversation of conversations.values())
    if (conversation.kind === 'direct' && conversation.peer === number) return conversation
  return undefined
}
