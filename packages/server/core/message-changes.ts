/** What can be done to a message that is there: each time its row is written anew, with the next rev. */
import {
  LIMITS,
  ok,
  refuse,
  type Answer,
  type Checked,
  type GroupRow,
  type MembershipRow,
  type MessageRow,
  type Reaction,
  type Result,
} from '@rookery/protocol'
import { announceMessage } from './announce.ts'
import { contentOf } from './content.ts'
import type { Context, User } from './context.ts'
import { enter, groupOf, mayWrite } from './conversations.ts'
import type { MessageChange } from './log-ports.ts'
import { outranks } from './ranks.ts'

export async function edit(
  context: Context,
  user: User,
  { conversation, seq, text }: Checked<'messages.edit'>,
): Promise<Answer<'messages.edit'>> {
  return changeMessage(context, user, conversation, seq, async ({ body, sender }, membership, group) => {
    const now = context.clock.now()
    if (!mayWrite(membership, group, now)) return refuse('not_writable')
    if (body.kind === 'recalled') return refuse('recalled')
    // Somebody else's words stay theirs.
    if (sender !== user.number || body.kind !== 'text' || body.forwarded) return refuse('not_editable')
    return ok({ content: contentOf({ ...body, text }), edited_at: now })
  })
}

export async function recall(
  context: Context,
  user: User,
  { conversation, seq }: Checked<'messages.recall'>,
): Promise<Answer<'messages.recall'>> {
  return changeMessage(context, user, conversation, seq, async (row, membership) => {
    if (row.body.kind === 'recalled') return ok(null)
    if (row.body.kind === 'event') return refuse('not_editable')
    // A former contact learns nothing newer; in a group silence is no reason to leave a message standing.
    if (membership.kind === 'direct' && !membership.writable) return refuse('not_writable')
    if (row.sender !== user.number && !(await mayRecall(context, row, membership))) return refuse('not_editable')
    return ok({ content: contentOf({ kind: 'recalled', by: user.number }), reactions: [] })
  })
}

export async function react(
  context: Context,
  user: User,
  { conversation, seq, emoji, on }: Checked<'messages.react'>,
): Promise<Answer<'messages.react'>> {
  return changeMessage(context, user, conversation, seq, async ({ body, reactions = [] }, membership, group) => {
    if (!mayWrite(membership, group, context.clock.now())) return refuse('not_writable')
    if (body.kind === 'recalled') return refuse('recalled')
    if (body.kind === 'event') return refuse('not_found')
    const isOn = reactions.some((reaction) => reaction.emoji === emoji && reaction.numbers.includes(user.number))
    if (isOn === on) return ok(null)
    return on ? addReaction(reactions, emoji, user.number) : ok({ reactions: without(reactions, emoji, user.number) })
  })
}

function addReaction(
  reactions: readonly Reaction[],
  emoji: string,
  number: number,
): Result<{ reactions: Reaction[] }, 'too_many_reactions'> {
  const total = reactions.reduce((sum, { numbers }) => sum + numbers.length, 0)
  const known = reactions.some((reaction) => reaction.emoji === emoji)
  if (total >= LIMITS.reactions || (!known && reactions.length >= LIMITS.reactionKinds)) {
    return refuse('too_many_reactions')
  }
  const added = reactions.map((reaction) =>
    reaction.emoji === emoji ? { emoji, numbers: [...reaction.numbers, number] } : reaction,
  )
  return ok({ reactions: known ? added : [...reactions, { emoji, numbers: [number] }] })
}

function without(reactions: readonly Reaction[], emoji: string, number: number): Reaction[] {
  return reactions
    .map((reaction) =>
      reaction.emoji === emoji ? { emoji, numbers: reaction.numbers.filter((other) => other !== number) } : reaction,
    )
    .filter(({ numbers }) => numbers.length > 0)
}

/** Those whose role is below one's own, or who are no longer in the group. */
async function mayRecall({ store }: Context, { sender }: MessageRow, membership: MembershipRow): Promise<boolean> {
  if (membership.kind === 'direct') return false
  const [member] = await store.groups.people(membership.conversation, [sender])
  return outranks(membership.role, member?.role ?? 'member')
}

type Decide = (
  row: MessageRow,
  membership: MembershipRow,
  group: GroupRow | null,
) => Promise<Result<Pick<MessageChange, 'content' | 'edited_at' | 'reactions'> | null>>

/** Reads, decides, and writes if neither the message nor the right to change it has moved since; else begins again. */
async function changeMessage(
  context: Context,
  user: User,
  conversation: number,
  seq: number,
  decide: Decide,
): Promise<Result<MessageRow>> {
  for (;;) {
    const entered = await enter(context, user, conversation)
    if (!entered.ok) return entered
    const membership = entered.value
    const [row] = await context.store.messages.get(conversation, [seq])
    if (!row || seq <= membership.from_seq) return refuse('not_found')
    const group = await groupOf(context, membership)
    const decided = await decide(row, membership, group)
    if (!decided.ok) return decided
    if (!decided.value) return ok(row)
    const changed = await context.store.messages.change({
      conversation,
      seq,
      expect: row.rev,
      member: { number: user.number, rev: membership.rev, version: group?.version ?? null },
      ...decided.value,
    })
    if (!changed.ok) return changed
    if (changed.value === 'stale') continue
    announceMessage(context, changed.value.audience, { row: changed.value.row }, user.socket)
    return ok(changed.value.row)
  }
}
