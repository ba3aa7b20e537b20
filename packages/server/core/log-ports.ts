/** What rules need of conversations: their logs, and what devices lack of them. ports.ts says what all stores promise. */
import type {
  Body,
  ChangedConversation,
  MembershipRow,
  MessageRow,
  OwnRows,
  Reaction,
  Sendable,
} from '@rookery/protocol'
import type { Committed } from './committed-ports.ts'
import type { Searchable } from './search-ports.ts'

export interface SyncRequest {
  readonly number: number
  readonly rev: number
  /** Conversations that transactions after this one changed; -1 for all there are. */
  readonly after: number
  /** The conversation that the last page ended with: this one goes on below it. Null for the first page. */
  readonly below: SyncPlace | null
  /** The device's rev of these conversations: what changed after it comes, whatever `after` and `below` say. */
  readonly heads: ReadonlyMap<number, number>
  /** The most there may be of each kind in the answer. */
  readonly rows: number
  readonly messages: number
  /** The most older messages that may be told to have changed in one conversation; past that it is `stale`. */
  readonly changes: number
  /** Past so many characters of messages no further conversation comes in this answer. */
  readonly length: number
}

/** A place in the order of the answer: the newest changed first. */
export interface SyncPlace {
  readonly txid: number
  readonly conversation: number
}

export interface SyncAnswer extends OwnRows {
  /** The last transaction that this snapshot has seen the end of: the next `after`. */
  readonly txid: number
  readonly rev: number
  /** Past `rev` only those of conversations in this answer. */
  readonly memberships: MembershipRow[]
  /** Each with its newest message at least, if there is one. */
  readonly conversations: ChangedConversation[]
  /** The revs of all conversations of this person added up. */
  readonly total: number
  /** Own rows are left over: ask again after `rev`. */
  readonly moreRows: boolean
  /** Conversations are left over: ask again below this one. */
  readonly moreBelow: SyncPlace | null
  /** The request knows of changes that were never made here: it comes from another history. */
  readonly ahead: boolean
}

export interface ConversationStore {
  /** The conversation of two people, made if there is none. It has no members until a row change says so. */
  openDirect(pair: { one: number; other: number }): Committed<{ conversation: number }>
  membership(number: number, conversation: number): Promise<MembershipRow | null>
  /** The groups that these people are in, and have not left; and what was before their time there. */
  groupsOf(numbers: readonly number[]): Promise<{ number: number; conversation: number; from_seq: number }[]>
  /** How far each member has read; nobody where there are more than `most`. */
  readers(conversation: number, most: number): Promise<{ number: number; read_seq: number }[]>
  /** The greater pointer wins, and none passes the head. `moved` is null where it stayed. */
  moveReadPointer(pointer: {
    number: number
    conversation: number
    seq: number
  }): Committed<{ read_seq: number; moved: MembershipRow | null }, 'not_member'>
  /** One snapshot of all that differs. */
  changes(request: SyncRequest): Promise<SyncAnswer>
}

/** A body, and what follows from it (core/content.ts): stores keep it, and need not understand bodies. */
export interface Content {
  readonly body: Body
  /** No news: not counted as unread. */
  readonly quiet: boolean
  /** Whom it mentions; 0 for everybody. */
  readonly mentions: readonly number[]
  /** How it is found; null for never. */
  readonly searchable: Searchable | null
}

export interface NewMessage extends Content {
  readonly conversation: number
  readonly sender: number
  readonly id: string
  readonly at: number
  /** What was sent, where the body is not that but made of it. The same again is a retry, whatever is made of it now. */
  readonly sent?: Sendable
}

export interface Appended {
  readonly seq: number
  readonly rev: number
  readonly at: number
  /** The same id was there already: this is that message, and nothing was written. */
  readonly duplicate: boolean
  readonly audience: Audience
}

/** Whom a conversation is for: the one or two people, or whoever is a member of the group. */
export type Audience =
  | { readonly kind: 'people'; readonly numbers: readonly number[] }
  | { readonly kind: 'group'; readonly conversation: number }

/**
 * A change to a message that is there. `expect` is its rev; `member` says what the right to change it rests on: the
 * acting person's membership with its rev, and in a group the group's version (null in a conversation of two). If any
 * of them has moved since the caller read it, nothing is written and the answer is `stale`.
 */
export interface MessageChange {
  readonly conversation: number
  readonly seq: number
  readonly expect: number
  readonly member: { readonly number: number; readonly rev: number; readonly version: number | null }
  readonly content?: Content
  readonly edited_at?: number
  readonly reactions?: readonly Reaction[]
}

export interface MessageStore {
  /**
   * Gives the message the conversation's next seq and rev, in the order of calls. That the sender is a member who
   * may write (`writable`, not left, not silenced alone or with the group) is checked in the same transaction, so no
   * message lands after a removal that was acknowledged. A retry is answered whatever became of that right, and of what
   * was sent first; it is one if the same was sent, whatever was made of it since (32 bits tell that).
   */
  append(message: NewMessage): Committed<Appended, 'not_member' | 'not_writable' | 'message_id_conflict'>
  /** Writes the row anew with the conversation's next rev. What is searched changes in the same moment. */
  change(change: MessageChange): Committed<{ row: MessageRow; audience: Audience } | 'stale'>
  /** In order of seq: the newest below `before`, or the oldest above `after`. */
  page(page: { conversation: number; before?: number; after?: number; limit: number }): Promise<MessageRow[]>
  /** Those of these that there are, in order of seq. */
  get(conversation: number, seqs: readonly number[]): Promise<MessageRow[]>
  findById(sender: number, id: string): Promise<MessageRow | null>
}
