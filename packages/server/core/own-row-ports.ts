/** What rules need to know of, and to change in, the rows that are somebody’s own. ports.ts says what every store promises. */
import type { ContactRow, GroupRequestRow, MembershipRow, OwnRows, SettingsRow, Status } from '@rookery/protocol'
import type { Committed } from './committed-ports.ts'

/**
 * A change to a row that is somebody's own: `set` says the fields that are to be others. `expect` is the rev at which
 * the caller read the row (0: there was none; then the rest is as nothing was ever said); if any row of a change has
 * moved since, nothing is written and the answer is `stale`: read again, decide again.
 */
export type RowChange =
  | {
      readonly row: 'contact'
      readonly owner: number
      readonly peer: number
      readonly set: Partial<ContactFields>
      readonly expect: number
    }
  | {
      readonly row: 'membership'
      readonly owner: number
      readonly conversation: number
      readonly set: Partial<MembershipFields>
      readonly expect: number
    }
  | {
      readonly row: 'request'
      readonly owner: number
      readonly conversation: number
      readonly number: number
      readonly set: Partial<Pick<GroupRequestRow, 'greeting' | 'state' | 'at'>>
      readonly expect: number
    }
  | {
      readonly row: 'settings'
      readonly owner: number
      readonly set: Partial<Pick<SettingsRow, 'status' | 'contact_groups'>>
      readonly expect: number
    }

/** What of a contact is kept for its owner. */
export type ContactFields = Pick<ContactRow, 'state' | 'greeting' | 'at' | 'remark' | 'group' | 'blocked' | 'hidden'>

/** What of a membership is kept; the last four are a group's. The read pointer moves by `moveReadPointer` alone. */
export interface MembershipFields
  extends
    Pick<MembershipRow, 'writable' | 'pinned_at' | 'muted' | 'marked' | 'draft'>,
    Pick<Extract<MembershipRow, { kind: 'group' }>, 'role' | 'nickname' | 'silenced_until' | 'left'> {
  /** The nickname as searches see it: it goes with `nickname`. */
  readonly folded_nickname: string
  /** Somebody who comes in: `from_seq` is the head, or 0, and what came before counts as read. */
  readonly joins: 'with_history' | 'without_history'
}

/** The rows that one person's devices now have to learn. */
export interface OwnRowsOf extends OwnRows {
  readonly owner: number
}

export interface ContactStore {
  find(owner: number, peer: number): Promise<ContactRow | null>
  /** Friends, and those asked to be: not those who ask, whom one cannot help. */
  count(owner: number): Promise<number>
  friends(owner: number): Promise<number[]>
  /** How somebody has set their status, and to whom they are shown: friends that they do not hide from, but for those of whom one has blocked the other. */
  shown(number: number): Promise<{ status: Status; to: number[] }>
  /** The other side of it: those who are shown to somebody, or those of `numbers` who are. In no order. */
  seenBy(number: number, numbers: readonly number[] | 'all'): Promise<Seen[]>
  /** Whether a member of that conversation is one that somebody hides from, or has blocked. */
  hidesIn(number: number, conversation: number): Promise<boolean>
  /** Writes all rows of the change or none, each with its owner's next rev. */
  change(changes: readonly RowChange[]): Committed<OwnRowsOf[] | 'stale'>
  all(owner: number): Promise<ContactRow[]>
  settings(owner: number): Promise<SettingsRow>
  /**
   * Changes what others see of somebody, and takes a rev of each person who has it in a row: contacts and the other
   * side of conversations of two. Answers these rows.
   */
  changeProfile(change: ProfileChange): Committed<OwnRowsOf[]>
  /** A picture by its name. */
  avatar(name: string): Promise<Avatar | null>
}

/** Somebody as their friends may see them. */
export interface Seen {
  readonly number: number
  readonly status: Status
  /** Milliseconds since 1970; 0 where it was never noted. */
  readonly last_seen: number
}

export interface Avatar {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp'
  readonly bytes: Uint8Array
}

export interface ProfileChange {
  readonly number: number
  readonly name?: string
  readonly folded_name?: string
  readonly signature?: string
  /** Null for none. A picture is found by its name as long as somebody has it. */
  readonly avatar?: (Avatar & { readonly name: string }) | null
}
