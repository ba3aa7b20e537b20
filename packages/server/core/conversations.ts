/** The one door to a conversation's contents, and how far its members have read. */
import { ok, refuse, type Answer, type Checked, type MembershipRow, type Result } from '@rookery/protocol'
import { announceOwnRows, hint } from './announce.ts'
import type { Context, User } from './context.ts'

/** Every read of a conversation passes here: members only. */
export async function enter(
  { store }: Context,
  { number }: User,
  conversation: number,
): Promise<Result<MembershipRow, 'not_member'>> {
  const membership = await store.conversations.membership(number, conversation)
  return membership ? ok(membership) : refuse('not_member')
}

export async function open(
  context: Context,
  user: User,
  { conversation }: Checked<'conversations.open'>,
): Promise<Answer<'conversations.open'>> {
  const entered = await enter(context, user, conversation)
  return entered.ok ? ok({ readers: await context.store.conversations.readers(conversation) }) : entered
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
    announceOwnRows(context, [{ owner: number, contacts: [], memberships: [moved] }])
    // Former contacts learn nothing new of each other.
    if (moved.writable) hint(context, [moved.peer], conversation, { push: 'read', conversation, number, read_seq })
  }
  return ok({ read_seq })
}

/** Tells only those who may still be written to. */
export async function typing(
  context: Context,
  user: User,
  { conversation }: Checked<'conversations.typing'>,
): Promise<Answer<'conversations.typing'>> {
  const entered = await enter(context, user, conversation)
  if (!entered.ok) return entered
  if (!entered.value.writable) return refuse('not_writable')
  const { number } = user
  hint(context, [entered.value.peer], conversation, { push: 'typing', conversation, number })
  return ok({})
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
