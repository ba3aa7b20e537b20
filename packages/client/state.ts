/** What a device knows, as the screens draw it. Never changed in place: every change is a new object. */
import type { Body, ContactRow, ErrorCode, Me, MessageRow } from '@rookery/protocol'

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  /** Cut off; tries again by itself at `retryAt` (milliseconds since 1970). */
  | { readonly kind: 'waiting'; readonly retryAt: number }
  /** Over: signed out here or from another device, or closed by `close()`. */
  | { readonly kind: 'ended'; readonly reason: 'signed_out' | 'closed' }

/** A message that is not yet among the rows. */
export interface PendingMessage {
  readonly id: string
  readonly at: number
  readonly body: Body
  readonly state:
    | { readonly kind: 'sending' }
    /** Acknowledged as number `seq`; its row comes with the next comparison. */
    | { readonly kind: 'sent'; readonly seq: number }
    | { readonly kind: 'failed'; readonly code: ErrorCode }
}

export interface Conversation {
  /** Negative for what was written to `peer` in a history that the server has lost, until it has a place again. */
  readonly id: number
  /** The other one's number and name. */
  readonly peer: number
  readonly name: string
  readonly writable: boolean
  /** The rev, among one's own rows, of what is known of one's membership. */
  readonly own_rev: number
  readonly last_seq: number
  /** Every change up to this one is in what is held. */
  readonly rev: number
  /**
   * What the cursor says of `rev`: it is the one that the last comparison left (`yes`), pushes have moved it since
   * (`moved`), or the unread count cannot be told from what is held (`uncounted`): then the next comparison brings it.
   */
  readonly compared: 'yes' | 'moved' | 'uncounted'
  readonly read_seq: number
  /** The pointer that the server has; it lags behind while there is no connection. */
  readonly told_read_seq: number
  /** Messages from others past `read_seq`; counting stops at `LIMITS.unreadCount`. */
  readonly unread: number
  /** How far the other one has read. */
  readonly peer_read_seq: number
  /** Consecutive, oldest first, up to `last_seq`; empty where nothing was said or nothing is loaded yet. */
  readonly messages: readonly MessageRow[]
  readonly pending: readonly PendingMessage[]
  /** Numbers of those who are writing at this moment. */
  readonly typing: readonly number[]
}

export interface ClientState {
  readonly connection: ConnectionState
  readonly me: Me | null
  /** True once everything was compared with the server at least once, in this run or before it (from the cache). */
  readonly synced: boolean
  readonly contacts: ReadonlyMap<number, ContactRow>
  readonly conversations: ReadonlyMap<number, Conversation>
  readonly online: ReadonlySet<number>
}

export const initialState: ClientState = {
  connection: { kind: 'connecting' },
  me: null,
  synced: false,
  contacts: new Map(),
  conversations: new Map(),
  online: new Set(),
}
