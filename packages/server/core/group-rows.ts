/** The own rows that change when people come into groups and go out of them. */
import type { GroupRole, GroupRow, MembershipRow, Origin } from '@rookery/protocol'
import type { Context } from './context.ts'
import type { RowChange } from './own-row-ports.ts'

export type GroupMembership = Extract<MembershipRow, { kind: 'group' }>

export async function readMembership(
  { store }: Context,
  conversation: number,
  number: number,
): Promise<GroupMembership | null> {
  const row = await store.conversations.membership(number, conversation)
  return row?.kind === 'group' ? row : null
}

export async function namesOf({ store }: Context, numbers: readonly number[]): Promise<Origin[]> {
  const people = await store.accounts.people(numbers)
  return people.map(({ number, name }) => ({ number, name }))
}

/** Whoever comes in, for the first time or again, as a member; what they asked for is answered with it. */
export async function joinRows(
  context: Context,
  { conversation, history }: GroupRow,
  number: number,
  role: GroupRole = 'member',
): Promise<RowChange[]> {
  const before = await readMembership(context, conversation, number)
  const joins = history === 'all' ? 'with_history' : 'without_history'
  const set = { writable: true, left: false, role, nickname: '', folded_nickname: '', joins } as const
  return [
    { row: 'membership', owner: number, conversation, set, expect: before?.rev ?? 0 },
    ...(await answerRows(context, conversation, number, 'accepted')),
  ]
}

/** All that wait for the same answer: the applicant’s row and each admin’s. */
export async function answerRows(
  { store }: Context,
  conversation: number,
  number: number,
  state: 'accepted' | 'refused' | 'closed',
): Promise<RowChange[]> {
  const rows = await store.groups.requestRows(conversation, number)
  return rows
    .filter((row) => row.state === 'waiting')
    .map(({ owner, rev }) => ({ row: 'request', owner, conversation, number, set: { state }, expect: rev }))
}

/** A row for each of those who wait to be let in, as this admin sees them from now on. */
export async function waitingRows(
  { store }: Context,
  conversation: number,
  owner: number,
  state: 'waiting' | 'closed',
): Promise<RowChange[]> {
  const waiting = await store.groups.waiting(conversation)
  const rows = await Promise.all(waiting.map(({ number }) => store.groups.request(owner, conversation, number)))
  return waiting
    .map(({ number, greeting, at }, index) => ({ number, set: { greeting, at, state }, row: rows[index] ?? null }))
    .filter(({ row }) => (row?.state === 'waiting') !== (state === 'waiting'))
    .map(({ number, set, row }) => ({ row: 'request', owner, conversation, number, set, expect: row?.rev ?? 0 }))
}

/** Whoever goes out. An admin no longer sees who waits to be let in. */
export async function leaveRows(
  context: Context,
  owner: number,
  { conversation, rev, role }: GroupMembership,
): Promise<RowChange[]> {
  const set = { left: true, writable: false, pinned_at: 0, marked: false, draft: '', role: 'member' } as const
  const gone: RowChange = { row: 'membership', owner, conversation, set, expect: rev }
  return role === 'member' ? [gone] : [gone, ...(await waitingRows(context, conversation, owner, 'closed'))]
}
