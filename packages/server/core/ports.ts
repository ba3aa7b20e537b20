/** What the rules of messaging need from outside. Every implementation passes the contract suite beside it. */
import type {
  Body,
  ChangedConversation,
  ContactRow,
  ContactState,
  ErrorCode,
  MembershipRow,
  Me,
  MessageRow,
  Person,
  Result,
  Role,
} from '@rookery/protocol'
import type { Bus, RollCall } from './bus-ports.ts'

export interface Ports {
  readonly store: Store
  readonly bus: Bus
  readonly rollCall: RollCall
  readonly passwords: Passwords
  readonly clock: Clock
  /** Cryptographically random bytes. */
  readonly randomBytes: (count: number) => Uint8Array
}

export interface Clock {
  /** Milliseconds since 1970. For showing and for expiry; never for order. */
  now(): number
  sleep(milliseconds: number): Promise<void>
}

/**
 * The truth. A write is one transaction: when its promise resolves with `ok` it is on disk, and when it resolves
 * with a refusal nothing was written. Any write may also be refused as `storage_full` or `unavailable`; of one that is
 * `unavailable` nobody knows whether it was written. A read rejects with `StoreUnavailable` then.
 * Writes to the same rows begun in an order are committed in that order. Reads see every write acknowledged before they
 * began.
 */
export interface Store {
  /** Changes when history is not the one that devices knew (a restore): they then start over. */
  readonly epoch: string
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly contacts: ContactStore
  readonly conversations: ConversationStore
  readonly messages: MessageStore
  readonly tallies: TallyStore
  close(): Promise<void>
}

/** The store cannot be asked right now. A read has no refusals, so this is thrown: it is no bug. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super('The store cannot be reached.', { cause })
  }
}

export type Committed<Value, Code extends ErrorCode = never> = Promise<
  Result<Value, Code | 'storage_full' | 'unavailable'>
>

export interface Account extends Me {
  /** Null until the owner of an account that somebody else made has chosen one. */
  readonly password_hash: string | null
  /** Whether clients of the old campus protocol may log in. */
  readonly legacy: boolean
}

export type TicketKind = 'admin' | 'invite' | 'claim'

export interface Ticket {
  readonly kind: TicketKind
  /** The account that a `claim` ticket is for. */
  readonly number: number | null
  readonly expires_at: number
}

export interface NewAccount {
  /** Null: the next free one, counting up from `LIMITS.firstNumber`. */
  readonly number: number | null
  readonly name: string
  /** The name as searches see it. */
  readonly folded_name: string
  /** What the owner may type instead of the number, unique; null for none. */
  readonly handle: string | null
  readonly password_hash: string | null
  readonly role: Role
  readonly at: number
  /** Used up in the same transaction, or the account is not made. */
  readonly ticket: { readonly hash: Uint8Array; readonly kind: TicketKind } | null
}

export interface AccountStore {
  find(number: number): Promise<Account | null>
  findByHandle(handle: string): Promise<Account | null>
  /** People whose number is `query` or whose folded name holds it; by number. */
  search(query: string, limit: number): Promise<Person[]>
  hasAdmin(): Promise<boolean>
  findTicket(hash: Uint8Array, now: number): Promise<Ticket | null>
  create(account: NewAccount): Committed<{ number: number }, 'name_taken' | 'number_taken' | 'ticket_invalid'>
  /**
   * Sets the password and ends every session but `keep`; answers the ended ones. Only while `before` is still the
   * account's hash: of two changes at once the first one stands.
   */
  setPassword(change: {
    number: number
    before: string
    password_hash: string
    keep: string | null
  }): Committed<{ ended: string[] }, 'wrong_old_password'>
  /** Forbidding ends the account's legacy sessions; answers the ended ones. */
  allowLegacy(change: { number: number; legacy: boolean }): Committed<{ ended: string[] }>
  createTicket(ticket: Ticket & { hash: Uint8Array }): Committed<null>
  /** Makes all unused tickets of a kind worthless. */
  dropTickets(kind: TicketKind): Committed<null>
  /** Uses up a `claim` ticket and sets the password of the account it is for. */
  claim(claim: { hash: Uint8Array; password_hash: string; at: number }): Committed<{ number: number }, 'ticket_invalid'>
}

export interface Session extends Me {
  readonly session: string
  readonly seen_at: number
}

export interface StoredSession {
  readonly session: string
  readonly device: string
  readonly legacy: boolean
  readonly created_at: number
  readonly seen_at: number
}

export interface NewSession {
  readonly session: string
  /** Of the token. */
  readonly hash: Uint8Array
  readonly number: number
  readonly password_hash: string
  readonly device: string
  readonly legacy: boolean
  readonly at: number
}

export interface SessionStore {
  findByToken(hash: Uint8Array): Promise<Session | null>
  list(number: number): Promise<StoredSession[]>
  /** The legacy session of that device name, if it was seen since. */
  findLegacy(device: string, since: number): Promise<Session | null>
  /** False once a session was ended. */
  exists(session: string): Promise<boolean>
  /** Those of them that were not ended. There may be many thousands. */
  alive(sessions: readonly string[]): Promise<string[]>
  /**
   * Made only while `password_hash` is still the account's, and a legacy one while these are allowed: what ends sessions
   * ends those that it has not seen, too.
   */
  create(session: NewSession): Committed<null, 'wrong_credentials'>
  touch(seen: { session: string; at: number }): Committed<null>
  /** Ends the legacy sessions not seen since. */
  endIdleLegacy(since: number): Committed<null>
  end(session: { session: string; number: number }): Committed<null, 'not_found'>
}

/**
 * A change to a row that is somebody's own. `expect` is the rev at which the caller read the row (0: there was none);
 * if any row of a change has moved since, nothing is written and the answer is `stale`: read again, decide again.
 */
export type RowChange =
  | {
      readonly row: 'contact'
      readonly owner: number
      readonly peer: number
      readonly state: ContactState
      readonly greeting: string
      readonly at: number
      readonly expect: number
    }
  | {
      readonly row: 'membership'
      readonly owner: number
      readonly conversation: number
      readonly writable: boolean
      readonly expect: number
    }

/** The rows that one person's devices now have to learn. */
export interface OwnRows {
  readonly owner: number
  readonly contacts: ContactRow[]
  readonly memberships: MembershipRow[]
}

export interface ContactStore {
  find(owner: number, peer: number): Promise<ContactRow | null>
  /** Friends, and those asked to be: not those who ask, whom one cannot help. */
  count(owner: number): Promise<number>
  friends(owner: number): Promise<number[]>
  /** Writes all rows of the change or none, each with its owner's next rev. */
  change(changes: readonly RowChange[]): Committed<OwnRows[] | 'stale'>
}

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
  /** Past so many characters of messages no further conversation comes in this answer. */
  readonly length: number
}

/** A place in the order of the answer: the newest changed first. */
export interface SyncPlace {
  readonly txid: number
  readonly conversation: number
}

export interface SyncAnswer {
  /** The last transaction that this snapshot has seen the end of: the next `after`. */
  readonly txid: number
  readonly rev: number
  readonly contacts: ContactRow[]
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
  /** How far each member has read. */
  readers(conversation: number): Promise<{ number: number; read_seq: number }[]>
  /** The greater pointer wins, and none passes the head. `moved` is null where it stayed, or another went farther with it. */
  moveReadPointer(pointer: {
    number: number
    conversation: number
    seq: number
  }): Committed<{ read_seq: number; moved: MembershipRow | null }, 'not_member'>
  /** One snapshot of all that differs. */
  changes(request: SyncRequest): Promise<SyncAnswer>
}

export interface NewMessage {
  readonly conversation: number
  readonly sender: number
  readonly id: string
  readonly body: Body
  readonly at: number
}

export interface Appended {
  readonly seq: number
  readonly rev: number
  readonly at: number
  /** The same id was there already: this is that message, and nothing was written. */
  readonly duplicate: boolean
  readonly members: readonly number[]
}

export interface MessageStore {
  /**
   * Gives the message the conversation's next seq and rev, in the order of calls. That the sender is a member who
   * may write is checked in the same transaction, so no message lands after a removal that was acknowledged.
   */
  append(message: NewMessage): Committed<Appended, 'not_member' | 'not_writable' | 'message_id_conflict'>
  /** In order of seq: the newest below `before`, or the oldest above `after`. */
  page(page: { conversation: number; before?: number; after?: number; limit: number }): Promise<MessageRow[]>
}

/** How often something was got wrong. */
export interface Tally {
  readonly failures: number
  /** The time until which it is refused. */
  readonly until: number
  /** Forgotten after this. */
  readonly expires: number
}

/** Short-lived counts that all nodes share. They may be lost in a crash. */
export interface TallyStore {
  /**
   * Reads the tallies of these keys (null where there is none, or it has expired), decides, and keeps what was decided
   * (null forgets), with nobody else in between, on any node.
   */
  change<Value>(
    keys: readonly string[],
    now: number,
    decide: (tallies: readonly (Tally | null)[]) => { value: Value; tallies: readonly (Tally | null)[] },
  ): Promise<Result<Value, 'unavailable'>>
}

/** Refuses with `unavailable` when more wait than it can serve soon. */
export interface Passwords {
  hash(password: string): Promise<Result<string, 'unavailable'>>
  /** Takes the same time whether there is a hash or not. */
  verify(password: string, hash: string | null): Promise<Result<boolean, 'unavailable'>>
}
