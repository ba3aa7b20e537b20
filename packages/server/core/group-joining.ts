/** How people come into groups who were not invited: by asking, or by a link. */
import {
  LIMITS,
  ok,
  refuse,
  type Answer,
  type Checked,
  type FoundGroup,
  type GroupRow,
  type Result,
} from '@rookery/protocol'
import type { Context, User } from './context.ts'
import { changeAsMember, changeGroup, viewGroup, type GroupDecision } from './group-changes.ts'
import { answerRows, joinRows, namesOf } from './group-rows.ts'
import { withRoom } from './groups.ts'
import type { RowChange } from './own-row-ports.ts'
import { hashSecret, makeSecret } from './secrets.ts'

const day = 86_400_000
const linkLifetime = 30 * day

export async function join(
  context: Context,
  user: User,
  { conversation, greeting }: Checked<'groups.join'>,
): Promise<Answer<'groups.join'>> {
  let state: 'joined' | 'waiting' = 'joined'
  const joined = await changeGroup(context, user, conversation, async ({ group, mine }) => {
    if (mine) return refuse('already_member')
    if (group.joining === 'closed') return refuse('not_found')
    state = group.joining === 'open' ? 'joined' : 'waiting'
    return group.joining === 'open' ? comeIn(context, group, user.number) : ask(context, user, group, greeting)
  })
  if (joined.ok) return ok({ state })
  return joined.code === 'not_member' ? refuse('not_found') : joined
}

/** What lets one more person in, if there is room for them. */
async function comeIn(context: Context, group: GroupRow, number: number): Promise<Result<GroupDecision>> {
  if (group.members >= LIMITS.groupMembers) return refuse('group_full')
  if ((await withRoom(context, [number])).length === 0) return refuse('too_many_groups')
  return ok({
    rows: await joinRows(context, group, number),
    joined: [number],
    event: { event: 'joined', people: await namesOf(context, [number]) },
  })
}

/** A row for the one who asks, and one for each admin. */
async function ask(
  { store, clock }: Context,
  { number }: User,
  { conversation }: GroupRow,
  greeting: string,
): Promise<Result<GroupDecision>> {
  const mine = await store.groups.request(number, conversation, number)
  if (mine?.state === 'waiting') return refuse('already_asked')
  const set = { greeting, state: 'waiting', at: clock.now() } as const
  const rows = await Promise.all(
    [number, ...(await store.groups.admins(conversation))].map(async (owner): Promise<RowChange> => {
      const row = await store.groups.request(owner, conversation, number)
      return { row: 'request', owner, conversation, number, set, expect: row?.rev ?? 0 }
    }),
  )
  return ok({ rows })
}

export async function answer(
  context: Context,
  user: User,
  { conversation, number, accept }: Checked<'groups.answer'>,
): Promise<Answer<'groups.answer'>> {
  const answered = await changeAsMember(context, user, conversation, async ({ group, mine }) => {
    if (mine.role === 'member') return refuse('not_allowed_in_group')
    const refused = await answerRows(context, conversation, number, 'refused')
    if (refused.length === 0) return refuse('not_found')
    return accept ? comeIn(context, group, number) : ok({ rows: refused })
  })
  return answered.ok ? ok({}) : answered
}

export async function makeLink(
  context: Context,
  user: User,
  { conversation }: Checked<'groups.makeLink'>,
): Promise<Answer<'groups.makeLink'>> {
  const view = await viewGroup(context, user, conversation)
  if (!view?.mine) return refuse('not_member')
  if (view.group.inviting === 'admins' && view.mine.role === 'member') return refuse('not_allowed_in_group')
  const { secret, hash } = makeSecret(context)
  const expires_at = context.clock.now() + linkLifetime
  const made = await context.store.groups.setLink({ conversation, hash, expires_at })
  return made.ok ? ok({ ticket: secret, expires_at }) : made
}

export async function readLink(
  context: Context,
  _: User,
  { ticket }: Checked<'groups.readLink'>,
): Promise<Answer<'groups.readLink'>> {
  const group = await findByLink(context, ticket)
  return group ? ok(describeGroup(group)) : refuse('ticket_invalid')
}

export async function joinByLink(
  context: Context,
  user: User,
  { ticket }: Checked<'groups.joinByLink'>,
): Promise<Answer<'groups.joinByLink'>> {
  const found = await findByLink(context, ticket)
  if (!found) return refuse('ticket_invalid')
  const { conversation } = found
  const joined = await changeGroup(context, user, conversation, async ({ group, mine }) =>
    mine ? refuse('already_member') : comeIn(context, group, user.number),
  )
  if (joined.ok) return ok({ conversation })
  return joined.code === 'not_member' ? refuse('ticket_invalid') : joined
}

async function findByLink({ store, clock }: Context, ticket: string): Promise<GroupRow | null> {
  const conversation = await store.groups.findLink(hashSecret(ticket), clock.now())
  return conversation === null ? null : store.groups.find(conversation)
}

function describeGroup({ conversation, name, members, joining }: GroupRow): FoundGroup {
  return { conversation, name, members, joining }
}
