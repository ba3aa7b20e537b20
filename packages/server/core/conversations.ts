/** The one door to a conversation's contents, and how far its members have read. */
import {
  LIMITS,
  ok,
  refuse,
  type Answer,
  type Checked,
  type GroupRow,
  type MembershipRow,
  type Result,
} from '@rookery/protocol'
import { announceOwnRows, hint, peopleOf } from './announce.ts'
import type { Context, User } from './context.ts'
import type { Audience } from './log-ports.ts'
import type { MembershipFields } from './own-row-ports.ts'

/** Every read of a conversation passes here: members only. */
export async function enter(
  { store }: Context,
  { number }: User,
  conversation: number,
): Promise<Result<MembershipRow, 'not_member'>> {
  const membership = await store.conversations.membership(number, conversation)
  return membership && isIn(membership) ? ok(membership) : refuse('not_member')
}

function isIn(membership: MembershipRow): boolean {
  return membership.kind === 'direct' || !membership.left
}

/** Whether somebody may write there now. @param group null in a conversation of two. */
export function mayWrite(membership: MembershipRow, group: GroupRow | null, now: number): boolean {
  if (membership.kind === 'direct' || !membership.writable) return membership.writable
  if (membership.silenced_until > now) return false
  return membership.role !== 'member' || !group?.silenced
}

/** The group that it is a membership of; null for a conversation of two. */
export async function groupOf({ store }: Context, membership: MembershipRow): Promise<GroupRow | null> {
  return membership.kind === 'group' ? store.groups.find(membership.conversation) : null
}

/** Those who are to see hints from this member: the other one, or the group. */
function othersOf(membership: MembershipRow): Audience {
  return membership.kind === 'direct'
    ? peopleOf(membership.peer)
    : { kind: 'group', conversation: membership.conversation }
}

export async function open(
  context: Context,
  user: User,
  { conversation }: Checked<'conversations.open'>,
): Promise<Answer<'conversations.open'>> {
  const entered = await enter(context, user, conversation)
  return entered.ok
    ? ok({ readers: await context.store.conversations.readers(conversation, LIMITS.readByMembers) })
    : entered
}

export async function read(
  context: Context,
  { number }: User,
  { conversation, seq }: Checked<'conversations.read'>,
): Promise<Answer<'conversations.read'>> {
  const { store } = context
  const pointed = await store.conversations.moveReadPointer({ number, conversation, seq })
  if (!pointed.ok) return pointed
  const { read_seq, moved } = pointed.value
  if (moved) {
    announceOwnRows(context, [{ owner: number, contacts: [], memberships: [moved], requests: [], settings: [] }])
    if (await isSeenReading(context, moved)) {
      hint(context, othersOf(moved), conversation, { push: 'read', conversation, number, read_seq })
    }
  }
  return ok({ read_seq })
}

/** Former contacts learn nothing new of each other; in a large group nobody looks. */
async function isSeenReading(context: Context, membership: MembershipRow): Promise<boolean> {
  if (membership.kind === 'direct') return membership.writable
  return ((await groupOf(context, membership))?.members ?? 0) <= LIMITS.readByMembers
}

/** Tells only those who may still be written to. */
export async function typing(
  context: Context,
  user: User,
  { conversation }: Checked<'conversations.typing'>,
): Promise<Answer<'conversations.typing'>> {
  const entered = await enter(context, user, conversation)
  if (!entered.ok) return entered
  const group = await groupOf(context, entered.value)
  if (!mayWrite(entered.value, group, context.clock.now())) return refuse('not_writable')
  const { number } = user
  if (await isSeenWriting(context, number, conversation))
    hint(context, othersOf(entered.value), conversation, { push: 'typing', conversation, number })
  return ok({})
}

/** Who writes is there: so nobody hears of it from somebody invisible, or where one is whom they hide from. */
async function isSeenWriting({ store }: Context, number: number, conversation: number): Promise<boolean> {
  const [{ status }, hides] = await Promise.all([
    store.contacts.settings(number),
    store.contacts.hidesIn(number, conversation),
  ])
  return status !== 'invisible' && !hides
}

/** Answers those chats that may be watched: the door that the socket came by remembers them. */
export async function watch(
  context: Context,
  user: User,
  { presence, conversations }: Checked<'hints.watch'>,
): Promise<Answer<'hints.watch'>> {
  const entered = await Promise.all(conversations.map((conversation) => enter(context, user, conversation)))
  return ok({ presence, conversations: conversations.filter((_, index) => entered[index]?.ok) })
}

/** A conversation that one has with oneself. */
export async function openNote(context: Context, { number }: User): Promise<Answer<'conversations.openNote'>> {
  const { store } = context
  const opened = await store.conversations.openDirect({ one: number, other: number })
  if (!opened.ok) return opened
  const { conversation } = opened.value
  if (await store.conversations.membership(number, conversation)) return ok({ conversation })
  const joined = await store.contacts.change([
    { row: 'membership', owner: number, conversation, set: { writable: true }, expect: 0 },
  ])
  if (!joined.ok) return joined
  // Opened at the same moment by another device.
  if (joined.value !== 'stale') announceOwnRows(context, joined.value)
  return ok({ conversation })
}

export async function arrange(
  context: Context,
  user: User,
  { conversation, pinned, muted, marked, draft }: Checked<'conversations.arrange'>,
): Promise<Answer<'conversations.arrange'>> {
  const { store, clock } = context
  const set: Partial<MembershipFields> = {
    ...(pinned !== undefined && { pinned_at: pinned ? clock.now() : 0 }),
    ...(muted !== undefined && { muted }),
    ...(marked !== undefined && { marked }),
    ...(draft !== undefined && { draft }),
  }
  for (;;) {
    const entered = await enter(context, user, conversation)
    if (!entered.ok) return entered
    if (Object.keys(set).length === 0) return entered
    const changed = await store.contacts.change([
      { row: 'membership', owner: user.number, conversation, set, expect: entered.value.rev },
    ])
    if (!changed.ok) return changed
    if (changed.value === 'stale') continue
    announceOwnRows(context, changed.value)
    const [row] = changed.value.flatMap(({ memberships }) => memberships)
    if (!row) throw new Error('A changed membership vanished.')
    return ok(row)
  }
}
