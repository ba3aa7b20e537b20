/** What a device knows, as the screens draw it. Never changed in place: every change is a new object. */
import type {
  Appearance,
  Body,
  ContactRow,
  ErrorCode,
  GroupRequestRow,
  GroupRole,
  GroupRow,
  Me,
  MemberRow,
  MessageRow,
  Person,
  Sendable,
  SettingsRow,
} from '@rookery/protocol'

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
  readonly body: Sendable
  /** What a forward will look like, as far as what is held tells. Everything else looks like its `body`. */
  readonly preview?: Body
  readonly state:
    | { readonly kind: 'sending' }
    /** Acknowledged as number `seq`; its row comes with the next comparison. */
    | { readonly kind: 'sent'; readonly seq: number }
    | { readonly kind: 'failed'; readonly code: ErrorCode }
}

/** How a conversation is kept by its owner: seen by nobody else, the same on all devices. */
export interface Arrangement {
  readonly pinned?: boolean
  readonly muted?: boolean
  readonly marked?: boolean
  readonly draft?: string
}

export type Told = Pick<AnyConversation, 'pinned_at' | 'muted' | 'marked' | 'draft'>

/** A run of messages apart from the newest ones: where somebody jumped to. */
export interface Around {
  /** Consecutive, oldest first; never empty. */
  readonly messages: readonly MessageRow[]
  readonly hasOlder: boolean
  /** Always, as long as it is apart: once it meets the newest ones it is a part of them. */
  readonly hasNewer: boolean
}

interface AnyConversation {
  /** Negative for what was written in a history that the server has lost, until it has a place again. */
  readonly id: number
  /** The other one's number; 0 in groups. */
  readonly peer: number
  /** The other one's name, or the group's; empty until it is known. */
  readonly name: string
  /** The other one's picture; empty where there is none, and in groups. */
  readonly avatar: string
  readonly writable: boolean
  /** Messages up to this one came before one's time, and are never shown. */
  readonly from_seq: number
  /** Milliseconds since 1970; 0 where it is not pinned. */
  readonly pinned_at: number
  readonly muted: boolean
  /** Marked as unread by hand. */
  readonly marked: boolean
  /** What is written and not sent. */
  readonly draft: string
  /** These four as the server has them. */
  readonly told: Told
  /** What of them was changed here, and the server has not heard of yet: it is shown instead. */
  readonly untold: Arrangement
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
  /**
   * What others said past `read_seq`, but for events and what was taken back; counting stops at `LIMITS.unreadCount`.
   */
  readonly unread: number
  /** The newest of them that mentions this person; 0 for none. */
  readonly mentioned: number
  /** How far others have read, by number: kept up while the chat is looked at; in large groups nobody. */
  readonly readers: ReadonlyMap<number, number>
  /** How far the other one has read; 0 in groups. */
  readonly peer_read_seq: number
  /** Consecutive, oldest first, up to `last_seq`; empty where nothing was said or nothing is loaded yet. */
  readonly messages: readonly MessageRow[]
  /** Where somebody jumped to, as long as that is shown instead of the newest ones. */
  readonly around: Around | null
  readonly pending: readonly PendingMessage[]
  /** Numbers of those who are writing at this moment. */
  readonly typing: readonly number[]
}

export interface DirectConversation extends AnyConversation {
  readonly kind: 'direct'
}

export interface GroupConversation extends AnyConversation {
  readonly kind: 'group'
  /** Null until it is known. */
  readonly group: GroupRow | null
  /** One's own. */
  readonly role: GroupRole
  /** What one is called here; empty for one's name. */
  readonly nickname: string
  /** One may not write until then, in milliseconds since 1970. */
  readonly silenced_until: number
}

export type Conversation = DirectConversation | GroupConversation

/** What was asked about the people of one group. */
export interface GroupPeople {
  /** By number, also those who are not in it any more. */
  readonly people: ReadonlyMap<number, MemberRow>
  /** The members in order of role and number, as far as they were looked at; null where nobody looks. */
  readonly list: readonly MemberRow[] | null
  /** There are more than are in the list. */
  readonly more: boolean
}

export interface ClientState {
  readonly connection: ConnectionState
  readonly me: Me | null
  /** True once everything was compared with the server at least once, in this run or before it (from the cache). */
  readonly synced: boolean
  /** Null until it is known. */
  readonly settings: SettingsRow | null
  readonly contacts: ReadonlyMap<number, ContactRow>
  readonly conversations: ReadonlyMap<number, Conversation>
  /** Who asks to come into a group, oneself or others, by `requestKey`. */
  readonly requests: ReadonlyMap<string, GroupRequestRow>
  /** People who were asked about (`know`): mostly those who are no contacts. */
  readonly people: ReadonlyMap<number, Person>
  /** By conversation; of the few groups that were asked about last. */
  readonly groupPeople: ReadonlyMap<number, GroupPeople>
  /** Single messages that were asked for (`quoted`), by `messageKey`; null for one that is not there for us. */
  readonly quoted: ReadonlyMap<string, MessageRow | null>
  /** Contacts who are there, as they appear; all others are offline. */
  readonly online: ReadonlyMap<number, Exclude<Appearance, 'offline'>>
}

export const requestKey = ({ conversation, number }: Pick<GroupRequestRow, 'conversation' | 'number'>) =>
  `${conversation} ${number}`

export const messageKey = (conversation: number, seq: number) => `${conversation} ${seq}`

export const initialState: ClientState = {
  connection: { kind: 'connecting' },
  me: null,
  synced: false,
  settings: null,
  contacts: new Map(),
  conversations: new Map(),
  requests: new Map(),
  people: new Map(),
  groupPeople: new Map(),
  quoted: new Map(),
  online: new Map(),
}
