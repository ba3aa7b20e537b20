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
  readonly id: number
  /** The other one's number and name. */
  readonly peer: number
  readonly name: string
  readonly writable: boolean
  /** The rev, among one's own rows, of what is known of one's membership. */
  readonly own_rev: number
  readonly last_seq: number
  /** 0 where the unread count cannot be told from what is held: the next comparison brings it. */
  readonly rev: number
  readonly read_seq: number
  /** Messages from others past `read_seq`; counting stops at `LIMITS.unreadCount`. */
  readonly unread: number
  /** How far the other one has read. */
  readonly peer_read_seq: number
  /** Consecutive, oldest first, up to `last_seq`; empty where nothing was said or nothing is loaded yet. */
  readonly messages: readonly MessageRow[]
  readonly pending: readonly PendingMessage[]
}

export interface ClientState {
  readonly connection: ConnectionState
  readonly me: Me | null
  /** True once the first comparison with the server is through. */
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
