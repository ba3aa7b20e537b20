/** What a device keeps between runs. Every implementation passes the contract suite beside it. */
import type { ContactRow, GroupRequestRow, Me, MessageRow, Person, SettingsRow } from '@rookery/protocol'
import type { DirectConversation, GroupConversation, PendingMessage } from '../state.ts'

/** How far the device's copy goes: every change up to `rev` and `cursor` of the history called `epoch`. */
export interface SavedDevice {
  readonly me: Me
  readonly settings: SettingsRow | null
  readonly epoch: string
  readonly rev: number
  readonly cursor: string
  readonly synced: boolean
}

/** What is not kept: messages come by `page`, and what matters only now is asked for again. */
type Passing = 'messages' | 'around' | 'pending' | 'typing' | 'readers'

/** A conversation as the list shows it. */
export type SavedConversation = (Omit<DirectConversation, Passing> | Omit<GroupConversation, Passing>) & {
  readonly newest: MessageRow | null
}

/** `conversation` and `peer` say to whom, also in a history where the conversation has another number. */
export interface SavedPending extends PendingMessage {
  readonly conversation: number
  /** 0 for a group. */
  readonly peer: number
  /** The history in which `conversation` has its number; absent in what earlier versions wrote. */
  readonly epoch?: string
}

export interface Saved {
  /** Null where nothing was saved yet. */
  readonly device: SavedDevice | null
  readonly contacts: readonly ContactRow[]
  readonly requests: readonly GroupRequestRow[]
  readonly people: readonly Person[]
  readonly conversations: readonly SavedConversation[]
  /** In the order in which they were first put. */
  readonly pending: readonly SavedPending[]
}

/** What one `save` writes. Absent parts stay as they are. */
export interface CacheChange {
  /** Everything but pending messages is dropped before the rest is written: another history. */
  readonly reset?: boolean
  readonly device?: SavedDevice
  readonly contacts?: readonly ContactRow[]
  readonly requests?: readonly GroupRequestRow[]
  readonly people?: readonly Person[]
  readonly conversations?: readonly SavedConversation[]
  /** Conversations that are gone, their messages too. */
  readonly dropped?: readonly number[]
  /** Conversations of which all messages are dropped before the rest is written: they may have changed unnoticed. */
  readonly stale?: readonly number[]
  /** Of two rows with the same place the one with the higher rev stays, whichever came first. */
  readonly messages?: readonly MessageRow[]
  readonly pending?: readonly SavedPending[]
  /** Ids of messages that are pending no longer. */
  readonly settled?: readonly string[]
}

/**
 * One person's copy on one device. Calls are served in order. `save` writes all of a change or nothing, so a cursor is
 * never kept without the rows it stands for; its promise resolves when the change is kept, and rejects when it could
 * not be (no space, no permission): the caller may go on without. Reads see every save that resolved before them.
 */
export interface Cache {
  load(): Promise<Saved>
  save(change: CacheChange): Promise<void>
  /**
   * The newest held messages right below `before`, oldest first, without a hole between them: empty where the one
   * just below is not held. At most `limit`.
   */
  page(conversation: number, before: number, limit: number): Promise<MessageRow[]>
  /** Makes room: drops all messages; the rest stays. */
  dropMessages(): Promise<void>
  /** Deletes everything: somebody logged out here. The cache is closed after it. */
  destroy(): Promise<void>
  close(): void
}
