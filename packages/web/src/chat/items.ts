/** What stands under each other in a chat: separators, the unread line, and bubbles in runs. */
import type { Conversation, PendingMessage } from '@rookery/client'
import type { Body, ErrorCode, MessageRow } from '@rookery/protocol'

export type Delivery = 'received' | 'sending' | 'failed' | 'sent' | 'read'

export interface BubbleItem {
  readonly kind: 'bubble'
  /** The message's id: the same before and after the server acknowledged it. */
  readonly id: string
  /** Null until the server gave the message its place. */
  readonly seq: number | null
  readonly at: number
  readonly body: Body
  readonly delivery: Delivery
  readonly failure: ErrorCode | null
  /** Whether it is the first and the last of its run. */
  readonly starts: boolean
  readonly ends: boolean
}

export type ChatItem =
  | { readonly kind: 'time'; readonly id: string; readonly at: number }
  | { readonly kind: 'unread'; readonly id: string }
  | BubbleItem

type Bare = Omit<BubbleItem, 'starts' | 'ends'>

const runMs = 5 * 60_000

/** `unreadAfter`: the line is drawn above the first message of the other one past this seq; null for no line. */
export function chatItems(conversation: Conversation, me: number, unreadAfter: number | null): ChatItem[] {
  const bubbles = [
    ...conversation.messages.map((row) => fromRow(row, me, conversation.peer_read_seq)),
    ...conversation.pending.map(fromPending),
  ]
  const firstUnread = unreadAfter === null ? null : findFirstUnread(bubbles, unreadAfter)
  return bubbles.flatMap((bubble, index) => {
    const previous = bubbles[index - 1]
    const next = bubbles[index + 1]
    const unread = bubble.id === firstUnread
    const gap = previous === undefined || parted(previous, bubble)
    const item: BubbleItem = {
      ...bubble,
      starts: gap || unread || own(previous) !== own(bubble),
      ends: next === undefined || parted(bubble, next) || next.id === firstUnread || own(next) !== own(bubble),
    }
    return [
      ...(gap ? [{ kind: 'time', id: `time-${bubble.id}`, at: bubble.at } as const] : []),
      ...(unread ? [{ kind: 'unread', id: 'unread' } as const] : []),
      item,
    ]
  })
}

function fromRow(row: MessageRow, me: number, peerReadSeq: number): Bare {
  const delivery = row.sender !== me ? 'received' : row.seq <= peerReadSeq ? 'read' : 'sent'
  return { kind: 'bubble', id: row.id, seq: row.seq, at: row.at, body: row.body, delivery, failure: null }
}

function fromPending({ id, at, body, state }: PendingMessage): Bare {
  const failure = state.kind === 'failed' ? state.code : null
  return { kind: 'bubble', id, seq: null, at, body, delivery: state.kind, failure }
}

/** Only where the line's place is certain: when what stands right above it is loaded too. */
function findFirstUnread(bubbles: readonly Bare[], after: number): string | null {
  const oldest = bubbles[0]?.seq ?? null
  if (oldest === null || oldest > after + 1) return null
  const first = bubbles.find(({ seq, delivery }) => seq !== null && seq > after && delivery === 'received')
  return first?.id ?? null
}

function parted(one: Bare, next: Bare): boolean {
  return next.at - one.at > runMs || new Date(one.at).getDate() !== new Date(next.at).getDate()
}

function own(bubble: Bare | undefined): boolean {
  return bubble !== undefined && bubble.delivery !== 'received'
}
