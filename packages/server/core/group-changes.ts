/** How a group changes: read, decided, written if nothing has moved meanwhile, then told. */
import { refuse, ok, type Body, type GroupEvent, type GroupRow, type Origin, type Result } from '@rookery/protocol'
import { announceGroups, announceMessage, announceOwnRows } from './announce.ts'
import { contentOf } from './content.ts'
import type { Context, User } from './context.ts'
import type { GroupChange } from './group-ports.ts'
import type { GroupMembership } from './group-rows.ts'
import type { OwnRowsOf, RowChange } from './own-row-ports.ts'

/** What somebody in a group does with it. */
export interface GroupView {
  readonly group: GroupRow
  /** Null for somebody who is not in it. */
  readonly mine: GroupMembership | null
}

export interface GroupDecision {
  readonly set?: GroupChange['set']
  readonly rows?: readonly RowChange[]
  /** Told in the group's log, as a message of whoever does it. */
  readonly event?: { readonly event: GroupEvent; readonly people?: readonly Origin[]; readonly text?: string }
  readonly joined?: readonly number[]
  readonly left?: readonly number[]
}

type Decide = (view: GroupView) => Promise<Result<GroupDecision>>

/** @param decide is asked again, with what there is then, when something has moved. */
export async function changeGroup(
  context: Context,
  user: User,
  conversation: number,
  decide: Decide,
): Promise<Result<GroupRow>> {
  for (;;) {
    const view = await viewGroup(context, user, conversation)
    if (!view) return refuse('not_member')
    const decided = await decide(view)
    if (!decided.ok) return decided
    const { set = {}, rows = [], joined = [], left = [] } = decided.value
    if (rows.length === 0 && Object.keys(set).length === 0) return ok(view.group)
    const event = decided.value.event ? eventOf(context, user, decided.value.event) : null
    const changed = await context.store.groups.change({ conversation, expect: view.group.version, set, rows, event })
    if (!changed.ok) return changed
    if (changed.value === 'stale') continue
    const { group, message } = changed.value
    announceGroups(context, left, { left: [conversation] })
    announceJoined(context, joined, changed.value.rows)
    if (message) announceMessage(context, { kind: 'group', conversation }, { row: message, group })
    announceOwnRows(context, changed.value.rows)
    return ok(group)
  }
}

function announceJoined(context: Context, joined: readonly number[], rows: readonly OwnRowsOf[]): void {
  for (const { owner, memberships } of rows) {
    if (!joined.includes(owner)) continue
    const since = memberships.map(({ conversation, from_seq }) => ({ conversation, from_seq }))
    announceGroups(context, [owner], { joined: since })
  }
}

/** Null where there is no such group, or no longer. */
export async function viewGroup(
  { store }: Context,
  { number }: Pick<User, 'number'>,
  conversation: number,
): Promise<GroupView | null> {
  // Its version first: whatever is read after it is as it was then, or the change that rests on it is stale.
  const group = await store.groups.find(conversation)
  if (!group || group.dissolved) return null
  const row = await store.conversations.membership(number, conversation)
  return { group, mine: row?.kind === 'group' && !row.left ? row : null }
}

/** Only who is in it, and has the role for it. */
export async function changeAsMember(
  context: Context,
  user: User,
  conversation: number,
  decide: (view: GroupView & { readonly mine: GroupMembership }) => Promise<Result<GroupDecision>>,
): Promise<Result<GroupRow>> {
  return changeGroup(context, user, conversation, async ({ group, mine }) =>
    mine ? decide({ group, mine }) : refuse('not_member'),
  )
}

function eventOf(
  { clock, randomBytes }: Context,
  { number }: User,
  { event, people, text }: NonNullable<GroupDecision['event']>,
): NonNullable<GroupChange['event']> {
  const body: Body = {
    kind: 'event',
    event,
    ...(people && people.length > 0 && { people: [...people] }),
    ...(text !== undefined && { text }),
  }
  const hex = Buffer.from(randomBytes(16)).toString('hex')
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return { id, sender: number, at: clock.now(), ...contentOf(body) }
}
