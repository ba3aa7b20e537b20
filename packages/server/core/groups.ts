/** Making groups, finding them, and how they are run. */
import {
  LIMITS,
  ok,
  refuse,
  type Answer,
  type Checked,
  type GroupRow,
  type GroupSettings,
  type Result,
} from '@rookery/protocol'
import type { Context, User } from './context.ts'
import { enter } from './conversations.ts'
import { changeAsMember, changeGroup, type GroupDecision } from './group-changes.ts'
import { answerRows, joinRows, leaveRows, namesOf, readMembership } from './group-rows.ts'
import { foldName } from './names.ts'
import type { RowChange } from './own-row-ports.ts'

export async function create(
  context: Context,
  user: User,
  { name, members: invited }: Checked<'groups.create'>,
): Promise<Answer<'groups.create'>> {
  const { store } = context
  const wanted = [...new Set(invited)].filter((number) => number !== user.number)
  if (!(await areContacts(context, user, wanted))) return refuse('not_found')
  const others = await withRoom(context, wanted)
  if ((await store.groups.count(user.number)) >= LIMITS.groups) return refuse('too_many_groups')
  const made = await store.groups.create({ name, folded_name: foldName(name), owner: user.number })
  if (!made.ok) return made
  const { conversation } = made.value
  const filled = await changeGroup(context, user, conversation, async ({ group }) => {
    const theirs = await Promise.all(others.map((number) => joinRows(context, group, number)))
    return ok({
      rows: [...(await joinRows(context, group, user.number, 'owner')), ...theirs.flat()],
      joined: [user.number, ...others],
      event: { event: 'created', people: await namesOf(context, others), text: name },
    })
  })
  return filled.ok ? ok({ conversation }) : filled
}

/** Only contacts can be brought in: nobody fills strangers' lists. */
export async function areContacts({ store }: Context, { number }: User, others: readonly number[]): Promise<boolean> {
  const rows = await Promise.all(others.map((other) => store.contacts.find(number, other)))
  const theirs = await Promise.all(others.map((other) => store.contacts.find(other, number)))
  return rows.every((row) => row?.state === 'friend') && theirs.every((row) => !row?.blocked)
}

/** Those who are not in as many groups yet as one may be. */
export async function withRoom({ store }: Context, numbers: readonly number[]): Promise<number[]> {
  const counts = await Promise.all(numbers.map((number) => store.groups.count(number)))
  return numbers.filter((_, index) => (counts[index] ?? 0) < LIMITS.groups)
}

export async function find(
  { store }: Context,
  _: User,
  { query }: Checked<'groups.find'>,
): Promise<Answer<'groups.find'>> {
  const folded = foldName(query)
  return ok({ groups: folded === '' ? [] : await store.groups.search(folded, LIMITS.foundPeople) })
}

async function enterGroup(context: Context, user: User, conversation: number): Promise<Result<null, 'not_member'>> {
  const entered = await enter(context, user, conversation)
  if (!entered.ok) return entered
  return entered.value.kind === 'group' ? ok(null) : refuse('not_member')
}

export async function members(
  context: Context,
  user: User,
  { conversation, after, query, limit }: Checked<'groups.members'>,
): Promise<Answer<'groups.members'>> {
  const entered = await enterGroup(context, user, conversation)
  if (!entered.ok) return entered
  const folded = query === undefined ? null : foldName(query)
  return ok({
    members: await context.store.groups.members({ conversation, after: after ?? null, query: folded, limit }),
  })
}

export async function people(
  context: Context,
  user: User,
  { conversation, numbers }: Checked<'groups.people'>,
): Promise<Answer<'groups.people'>> {
  const entered = await enterGroup(context, user, conversation)
  return entered.ok ? ok({ members: await context.store.groups.people(conversation, numbers) }) : entered
}

export async function configure(
  context: Context,
  user: User,
  { conversation, ...wanted }: Checked<'groups.configure'>,
): Promise<Answer<'groups.configure'>> {
  return changeAsMember(context, user, conversation, async ({ group, mine }) => {
    if (mine.role === 'member') return refuse('not_allowed_in_group')
    const set = differences(group, wanted)
    const { name } = set
    return ok({ set: { ...set, ...(name !== undefined && { folded_name: foldName(name) }) }, event: eventOf(set) })
  })
}

type Configured = Partial<GroupSettings>

/** What is wanted otherwise than it is. */
function differences(group: GroupRow, wanted: { [Key in keyof Configured]: Configured[Key] | undefined }): Configured {
  const changed = Object.entries(wanted).filter(
    ([key, value]) => value !== undefined && value !== group[key as keyof Configured],
  )
  return Object.fromEntries(changed)
}

/** One thing is told of each change: the one that people see first. */
function eventOf({ name, notice, silenced }: Configured): NonNullable<GroupDecision['event']> {
  if (name !== undefined) return { event: 'renamed', text: name }
  if (notice !== undefined) return { event: 'noticed', text: notice }
  if (silenced !== undefined) return { event: silenced ? 'muted' : 'unmuted' }
  return { event: 'configured' }
}

export async function setNickname(
  context: Context,
  user: User,
  { conversation, nickname }: Checked<'groups.setNickname'>,
): Promise<Answer<'groups.setNickname'>> {
  const set = { nickname, folded_nickname: foldName(nickname) }
  const changed = await changeAsMember(context, user, conversation, async ({ mine }) =>
    ok({ rows: [{ row: 'membership', owner: user.number, conversation, set, expect: mine.rev }] }),
  )
  return changed.ok ? ok({}) : changed
}

export async function leave(
  context: Context,
  user: User,
  { conversation }: Checked<'groups.leave'>,
): Promise<Answer<'groups.leave'>> {
  const left = await changeAsMember(context, user, conversation, async ({ mine }) => {
    if (mine.role === 'owner') return refuse('owner_cannot_leave')
    const rows = await leaveRows(context, user.number, mine)
    return ok({ rows, left: [user.number], event: { event: 'left' } })
  })
  return left.ok ? ok({}) : left
}

/** Everybody is out at once, however many there are. */
export async function dissolve(
  context: Context,
  user: User,
  { conversation }: Checked<'groups.dissolve'>,
): Promise<Answer<'groups.dissolve'>> {
  const dissolved = await changeAsMember(context, user, conversation, async ({ mine }) => {
    if (mine.role !== 'owner') return refuse('not_allowed_in_group')
    const { rows, left } = await everybodyOut(context, conversation)
    return ok({ set: { dissolved: true }, rows, left, event: { event: 'dissolved' } })
  })
  return dissolved.ok ? ok({}) : dissolved
}

async function everybodyOut(context: Context, conversation: number): Promise<{ rows: RowChange[]; left: number[] }> {
  const { groups } = context.store
  const everybody = await groups.members({ conversation, after: null, query: null, limit: LIMITS.groupMembers })
  const left = everybody.map(({ number }) => number)
  const memberships = await Promise.all(left.map((number) => readMembership(context, conversation, number)))
  const waiting = await groups.waiting(conversation)
  const rows = await Promise.all([
    ...left.map(async (number, index) => {
      const row = memberships[index]
      // Nobody answers requests any more: they are closed below, for all.
      return row ? leaveRows(context, number, { ...row, role: 'member' }) : []
    }),
    ...waiting.map(({ number }) => answerRows(context, conversation, number, 'closed')),
  ])
  return { rows: rows.flat(), left }
}
