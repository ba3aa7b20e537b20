/** What members do to members, by their roles. */
import { LIMITS, ok, refuse, type Answer, type Checked, type Result } from '@rookery/protocol'
import type { Context, User } from './context.ts'
import { changeAsMember } from './group-changes.ts'
import { joinRows, leaveRows, namesOf, readMembership, waitingRows, type GroupMembership } from './group-rows.ts'
import { areContacts, withRoom } from './groups.ts'
import type { RowChange } from './own-row-ports.ts'
import { outranks } from './ranks.ts'

export async function invite(
  context: Context,
  user: User,
  { conversation, numbers }: Checked<'groups.invite'>,
): Promise<Answer<'groups.invite'>> {
  let joined: number[] = []
  const invited = await changeAsMember(context, user, conversation, async ({ group, mine }) => {
    if (group.inviting === 'admins' && mine.role === 'member') return refuse('not_allowed_in_group')
    joined = await notYetIn(context, conversation, numbers)
    if (!(await areContacts(context, user, joined))) return refuse('not_found')
    if (group.members + joined.length > LIMITS.groupMembers) return refuse('group_full')
    joined = await withRoom(context, joined)
    if (joined.length === 0) return ok({})
    const rows = await Promise.all(joined.map((number) => joinRows(context, group, number)))
    return ok({
      rows: rows.flat(),
      joined,
      event: { event: 'invited', people: await namesOf(context, joined) },
    })
  })
  return invited.ok ? ok({ joined }) : invited
}

async function notYetIn(context: Context, conversation: number, numbers: readonly number[]): Promise<number[]> {
  const wanted = [...new Set(numbers)]
  const rows = await Promise.all(wanted.map((number) => readMembership(context, conversation, number)))
  return wanted.filter((_, index) => rows[index]?.left !== false)
}

export async function remove(
  context: Context,
  user: User,
  { conversation, numbers }: Checked<'groups.remove'>,
): Promise<Answer<'groups.remove'>> {
  const removed = await changeAsMember(context, user, conversation, async ({ mine }) => {
    const wanted = [...new Set(numbers)]
    const rows: RowChange[] = []
    for (const number of wanted) {
      const below = await findBelow(context, mine, conversation, number)
      if (!below.ok) return below
      rows.push(...(await leaveRows(context, number, below.value)))
    }
    return ok({ rows, left: wanted, event: { event: 'removed', people: await namesOf(context, wanted) } })
  })
  return removed.ok ? ok({}) : removed
}

export async function setRole(
  context: Context,
  user: User,
  { conversation, number, role }: Checked<'groups.setRole'>,
): Promise<Answer<'groups.setRole'>> {
  const set = await changeAsMember(context, user, conversation, async ({ mine }) => {
    if (mine.role !== 'owner') return refuse('not_allowed_in_group')
    const below = await findBelow(context, mine, conversation, number)
    if (!below.ok) return below
    if (below.value.role === role) return ok({})
    const admins = await context.store.groups.admins(conversation)
    if (role === 'admin' && admins.length > LIMITS.groupAdmins) return refuse('too_many_admins')
    return ok({
      rows: [
        { row: 'membership', owner: number, conversation, set: { role }, expect: below.value.rev },
        ...(await waitingRows(context, conversation, number, role === 'admin' ? 'waiting' : 'closed')),
      ],
      event: { event: role === 'admin' ? 'promoted' : 'demoted', people: await namesOf(context, [number]) },
    })
  })
  return set.ok ? ok({}) : set
}

export async function handOver(
  context: Context,
  user: User,
  { conversation, number }: Checked<'groups.handOver'>,
): Promise<Answer<'groups.handOver'>> {
  const handed = await changeAsMember(context, user, conversation, async ({ mine }) => {
    if (mine.role !== 'owner') return refuse('not_allowed_in_group')
    const below = await findBelow(context, mine, conversation, number)
    if (!below.ok) return below
    const role = (owner: number, to: 'owner' | 'admin', expect: number): RowChange => ({
      row: 'membership',
      owner,
      conversation,
      set: { role: to },
      expect,
    })
    return ok({
      set: { owner: number },
      rows: [
        role(user.number, 'admin', mine.rev),
        role(number, 'owner', below.value.rev),
        ...(await waitingRows(context, conversation, number, 'waiting')),
      ],
      event: { event: 'handed_over', people: await namesOf(context, [number]) },
    })
  })
  return handed.ok ? ok({}) : handed
}

export async function silence(
  context: Context,
  user: User,
  { conversation, number, until }: Checked<'groups.silence'>,
): Promise<Answer<'groups.silence'>> {
  const silenced = await changeAsMember(context, user, conversation, async ({ mine }) => {
    const below = await findBelow(context, mine, conversation, number)
    if (!below.ok) return below
    const silenced_until = Math.max(0, until)
    return ok({
      rows: [{ row: 'membership', owner: number, conversation, set: { silenced_until }, expect: below.value.rev }],
      event: {
        event: until > context.clock.now() ? 'muted' : 'unmuted',
        people: await namesOf(context, [number]),
      },
    })
  })
  return silenced.ok ? ok({}) : silenced
}

/** A member over whom one's role is. */
async function findBelow(
  context: Context,
  mine: GroupMembership,
  conversation: number,
  number: number,
): Promise<Result<GroupMembership>> {
  if (mine.role === 'member') return refuse('not_allowed_in_group')
  const row = await readMembership(context, conversation, number)
  if (!row || row.left) return refuse('not_found')
  return outranks(mine.role, row.role) ? ok(row) : refuse('not_allowed_in_group')
}
