/** How much is unread, and whether one is mentioned in it: a function of the messages and the read pointer. Pure. */
import { LIMITS, type Me, type MessageRow } from '@rookery/protocol'
import { firstSeq } from './loaded.ts'
import type { Conversation } from './state.ts'

/** Whether it counts as unread past the pointer: what others said, but for what happened and what was taken back. */
export function isNews({ sender, body }: MessageRow, me: Me | null): boolean {
  return sender !== me?.number && body.kind !== 'event' && body.kind !== 'recalled'
}

/** Whether it is to be looked at by this person. */
export function mentions(row: MessageRow, me: Me | null): boolean {
  if (!me || !isNews(row, me) || row.body.kind !== 'text') return false
  return row.body.mentions_all === true || (row.body.mentions?.includes(me.number) ?? false)
}

/** What is up to here counts as read. */
export function pointerOf({ read_seq, from_seq }: Conversation): number {
  return Math.max(read_seq, from_seq)
}

/** Null where messages past the pointer are not loaded. */
export function countUnread(
  conversation: Conversation,
  me: Me | null,
): Pick<Conversation, 'unread' | 'mentioned'> | null {
  const pointer = pointerOf(conversation)
  if (pointer >= conversation.last_seq) return { unread: 0, mentioned: 0 }
  if (firstSeq(conversation) > pointer + 1) return null
  const behind = conversation.messages.filter((row) => row.seq > pointer && isNews(row, me))
  const mentioned = behind.findLast((row) => mentions(row, me))?.seq ?? 0
  return { unread: Math.min(LIMITS.unreadCount, behind.length), mentioned }
}

/** Moves the pointer forward. Where what is behind it is not all loaded, the server is asked. */
export function moveReadPointer(conversation: Conversation, read_seq: number, me: Me | null): Conversation {
  if (read_seq <= conversation.read_seq) return conversation
  const { mentioned } = conversation
  const moved = { ...conversation, read_seq, mentioned: mentioned > read_seq ? mentioned : 0 }
  const counted = countUnread(moved, me)
  return counted ? { ...moved, ...counted } : { ...moved, compared: 'uncounted' }
}

/** With one more at the end, which is there already. */
export function countNext(conversation: Conversation, row: MessageRow, me: Me | null): Conversation {
  if (row.seq <= pointerOf(conversation) || !isNews(row, me)) return conversation
  const unread = Math.min(LIMITS.unreadCount, conversation.unread + 1)
  return { ...conversation, unread, mentioned: mentions(row, me) ? row.seq : conversation.mentioned }
}

/** With one that changed. Only what was taken back counts no more; where what is left is not loaded, the server is asked. */
export function countChanged(conversation: Conversation, row: MessageRow, me: Me | null): Conversation {
  if (row.seq <= pointerOf(conversation) || row.body.kind !== 'recalled' || row.sender === me?.number)
    return conversation
  const counted = countUnread(conversation, me)
  return counted ? { ...conversation, ...counted } : { ...conversation, compared: 'uncounted' }
}
