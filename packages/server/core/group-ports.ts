/** What rules need of groups. ports.ts says what every store promises. */
import type { FoundGroup, GroupRequestRow, GroupRow, MemberRow, MessageRow } from '@rookery/protocol'
import type { NewMessage } from './log-ports.ts'
import type { OwnRowsOf, RowChange } from './own-row-ports.ts'
import type { Committed } from './committed-ports.ts'

/**
 * A change to a group, all or nothing: what it is called and how it is run, who is in it and as what, and the message
 * that says so, which takes the conversation's next seq and rev and is stored whoever may write. `expect` is the
 * group's version as the caller read it; with every change it moves. The count of members follows the memberships.
 */
export interface GroupChange {
  readonly conversation: number
  readonly expect: number
  /** `folded_name` goes with `name`. */
  readonly set: Partial<Pick<GroupRow, GroupField>> & { readonly folded_name?: string }
  readonly rows: readonly RowChange[]
  readonly event: Omit<NewMessage, 'conversation'> | null
}

export type GroupField =
  | 'name'
  | 'notice'
  | 'history'
  | 'joining'
  | 'inviting'
  | 'listed'
  | 'silenced'
  | 'owner'
  | 'dissolved'

export interface GroupChanged {
  readonly group: GroupRow
  readonly message: MessageRow | null
  readonly rows: OwnRowsOf[]
}

export interface GroupStore {
  find(conversation: number): Promise<GroupRow | null>
  /** A group that nobody is in yet: the change that follows puts its owner in. */
  create(group: { name: string; folded_name: string; owner: number }): Committed<{ conversation: number }>
  change(change: GroupChange): Committed<GroupChanged | 'stale'>
  /** By rank of role (owner, admin, member), then number: those after a place, with a name that holds `query`. */
  members(page: {
    conversation: number
    after: readonly [rank: number, number: number] | null
    query: string | null
    limit: number
  }): Promise<MemberRow[]>
  /** Those of these people that are or were members; former ones as members without nickname. */
  people(conversation: number, numbers: readonly number[]): Promise<MemberRow[]>
  /** How many groups somebody is in. */
  count(number: number): Promise<number>
  admins(conversation: number): Promise<number[]>
  /** Listed ones by number or a part of the folded name. */
  search(query: string, limit: number): Promise<FoundGroup[]>
  request(owner: number, conversation: number, number: number): Promise<GroupRequestRow | null>
  /** All waiting rows about one applicant: theirs and the admins'. */
  requestRows(conversation: number, number: number): Promise<(GroupRequestRow & { owner: number })[]>
  /** Requests that wait, as an admin's rows are made of them. */
  waiting(conversation: number): Promise<{ number: number; greeting: string; at: number }[]>
  setLink(link: { conversation: number; hash: Uint8Array; expires_at: number }): Committed<null>
  findLink(hash: Uint8Array, now: number): Promise<number | null>
}
