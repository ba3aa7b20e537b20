/** What stands under each other in a chat: separators, the unread line, bubbles in runs, and what happened. */
import { pendingBody, type Conversation, type PendingMessage } from '@rookery/client'
import { LIMITS, type Body, type ErrorCode, type MessageRow, type Reaction } from '@rookery/protocol'

export type Delivery = 'received' | 'sending' | 'failed' | 'sent' | 'read'
export type BubbleBody = Extract<Body, { kind: 'text' | 'merged' }>
export type LineBody = Exclude<Body, BubbleBody>

interface AnyItem {
  /** The message's id: the same before and after the server acknowledged it. */
  readonly id: string
  /** Null until the server gave the message its place. */
  readonly seq: number | null
  readonly at: number
  readonly sender: number
  readonly delivery: Delivery
  readonly failure: ErrorCode | null
}

export interface BubbleItem extends AnyItem {
  readonly kind: 'bubble'
  readonly body: BubbleBody
  readonly edited: boolean
  readonly reactions: readonly Reaction[] | undefined
  /** How many have read it, in groups where that is told; null elsewhere, and of others' messages. */
  readonly readBy: number | null
  /** Whether it is the first and the last of its run. */
  readonly starts: boolean
  readonly ends: boolean
}

/** What is no bubble: an event, a shake, what is left of a recalled message. */
export interface LineItem extends AnyItem {
  readonly kind: 'line'
  readonly body: LineBody
}

export type ChatItem =
  | { readonly kind: 'time'; readonly id: string; readonly at: number }
  | { readonly kind: 'unread'; readonly id: string }
  | BubbleItem
  | LineItem

type Bare = Omit<BubbleItem, 'starts' | 'ends'> | LineItem

const runMs = 5 * 60_000

/** What is on the screen: the newest ones, or the place that was jumped to. */
export function shownMessages({ around, messages }: Conversation): readonly MessageRow[] {
  return around?.messages ?? messages
}

/** `unreadAfter`: the line is drawn above the first message of another one past this seq; null for no line. */
export function chatItems(conversation: Conversation, me: number, unreadAfter: number | null): ChatItem[] {
  const readers = tellsReaders(conversation) ? [...conversation.readers.values()].sort((a, b) => a - b) : null
  const said = [
    ...shownMessages(conversation).map((row) => fromRow(row, me, conversation.peer_read_seq, readers)),
    ...(conversation.around ? [] : conversation.pending.map((message) => fromPending(message, me))),
  ]
  const firstUnread = unreadAfter === null ? null : findFirstUnread(said, unreadAfter)
  return said.flatMap((one, index) => {
    const previous = said[index - 1]
    const next = said[index + 1]
    const unread = one.id === firstUnread
    const gap = previous === undefined || parted(previous, one)
    const item: BubbleItem | LineItem =
      one.kind === 'line'
        ? one
        : {
            ...one,
            starts: gap || unread || !isRun(previous, one),
            ends: next === undefined || parted(one, next) || next.id === firstUnread || !isRun(one, next),
          }
    return [
      ...(gap ? [{ kind: 'time', id: `time-${one.id}`, at: one.at } as const] : []),
      ...(unread ? [{ kind: 'unread', id: 'unread' } as const] : []),
      item,
    ]
  })
}

/** In large groups nobody knows who has read what. */
export function tellsReaders(conversation: Conversation): boolean {
  return conversation.kind === 'group' && (conversation.group?.members ?? Infinity) <= LIMITS.readByMembers
}

function fromRow(row: MessageRow, me: number, peerReadSeq: number, readers: readonly number[] | null): Bare {
  const { id, seq, at, sender, body } = row
  const delivery = sender !== me ? 'received' : seq <= peerReadSeq ? 'read' : 'sent'
  const common = { id, seq, at, sender, delivery, failure: null } as const
  if (body.kind !== 'text' && body.kind !== 'merged') return { kind: 'line', body, ...common }
  const readBy = readers && sender === me ? countFrom(readers, seq) : null
  return { kind: 'bubble', body, ...common, edited: row.edited_at !== undefined, reactions: row.reactions, readBy }
}

function fromPending(message: PendingMessage, me: number): Bare {
  const { id, at, state } = message
  const failure = state.kind === 'failed' ? state.code : null
  const common = { id, seq: null, at, sender: me, delivery: state.kind, failure } as const
  const body = pendingBody(message)
  if (body.kind !== 'text' && body.kind !== 'merged') return { kind: 'line', body, ...common }
  return { kind: 'bubble', body, ...common, edited: false, reactions: undefined, readBy: null }
}

/** How many of these, which are in order, are at least `seq`. */
function countFrom(sorted: readonly number[], seq: number): number {
  const first = sorted.findIndex((one) => one >= seq)
  return first === -1 ? 0 : sorted.length - first
}

/** Only where the line's place is certain: when what stands right above it is loaded too. */
function findFirstUnread(said: readonly Bare[], after: number): string | null {
  const oldest = said[0]?.seq ?? null
  if (oldest === null || oldest > after + 1) return null
  const isNew = ({ seq, delivery, body }: Bare) =>
    seq !== null && seq > after && delivery === 'received' && body.kind !== 'event' && body.kind !== 'recalled'
  return said.find(isNew)?.id ?? null
}

function parted(one: Bare, next: Bare): boolean {
  return next.at - one.at > runMs || new Date(one.at).getDate() !== new Date(next.at).getDate()
}

function isRun(one: Bare | undefined, next: Bare): boolean {
  return one?.kind === 'bubble' && next.kind === 'bubble' && one.sender === next.sender
}
