/** What the rules of messaging need from outside. Every implementation passes the contract suite beside it. */
import type { Me, Person, Result, Role } from '@rookery/protocol'
import type { Bus, RollCall } from './bus-ports.ts'
import type { Committed } from './committed-ports.ts'
import type { GroupStore } from './group-ports.ts'
import type { ConversationStore, MessageStore } from './log-ports.ts'
import type { ContactStore } from './own-row-ports.ts'
import type { Passkeys, SecurityStore } from './security-ports.ts'
import type { SearchStore } from './search-ports.ts'

export interface Ports {
  readonly store: Store
  readonly bus: Bus
  readonly rollCall: RollCall
  readonly passwords: Passwords
  readonly passkeys: Passkeys
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
  readonly security: SecurityStore
  readonly contacts: ContactStore
  readonly conversations: ConversationStore
  readonly messages: MessageStore
  readonly groups: GroupStore
  readonly search: SearchStore
  readonly tallies: TallyStore
  close(): Promise<void>
}

/** The store cannot be asked right now. A read has no refusals, so this is thrown: it is no bug. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super('The store cannot be reached.', { cause })
  }
}

export interface Account extends Me {
  readonly signature: string
  readonly avatar: string
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
  /** Those of these people that exist. */
  people(numbers: readonly number[]): Promise<Person[]>
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
  /** Notes that these people were there until then, but for the invisible. A time before the noted one changes nothing. */
  noteSeen(seen: { numbers: readonly number[]; at: number }): Committed<null>
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
   * Made only while `password_hash` is still the account's, and a legacy one while these are allowed and there is no
   * second factor: what ends sessions ends those that it has not seen, too.
   */
  create(session: NewSession): Committed<null, 'wrong_credentials'>
  touch(seen: { session: string; at: number }): Committed<null>
  /** Ends the legacy sessions not seen since. */
  endIdleLegacy(since: number): Committed<null>
  end(session: { session: string; number: number }): Committed<null, 'not_found'>
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
