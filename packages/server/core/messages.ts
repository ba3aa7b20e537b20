/** Sending, and reading back. */
import { ok, refuse, type Answer, type Body, type Checked, type MessageRow, type Result } from '@rookery/protocol'
import { announceMessage } from './announce.ts'
import { contentOf } from './content.ts'
import type { Context, User } from './context.ts'
import { enter } from './conversations.ts'
import { resolveForward, resolveForwardAgain } from './forwards.ts'

/**
 * Commits, then announces: what a device is told of is on disk already. A text takes its place in the order of calls;
 * what has to be looked up first takes it when that is done.
 */
export function send(context: Context, user: User, input: Checked<'messages.send'>): Promise<Answer<'messages.send'>> {
  const { body } = input
  return body.kind === 'text' && !body.mentions_all
    ? append(context, user, input, body)
    : resolveAndAppend(context, user, input)
}

async function resolveAndAppend(
  context: Context,
  user: User,
  input: Checked<'messages.send'>,
): Promise<Answer<'messages.send'>> {
  const { body } = input
  const resolved = await resolveBody(context, user, input)
  if (!resolved.ok) return resolved
  const sent = await append(context, user, input, resolved.value)
  if (!sent.ok || body.kind !== 'forward') return sent
  // Of the same sent twice at once the first is stored, and may have found the original as it was before.
  const stored = await context.store.messages.findById(user.number, input.id)
  return ok({ ...sent.value, body: stored?.body ?? resolved.value })
}

async function append(
  context: Context,
  { number, socket }: User,
  { conversation, id, body: sent }: Checked<'messages.send'>,
  body: Body,
): Promise<Answer<'messages.send'>> {
  const { store, clock } = context
  const at = clock.now()
  const message = { conversation, sender: number, id, at, ...contentOf(body) }
  const appended = await store.messages.append(sent.kind === 'forward' ? { ...message, sent } : message)
  if (!appended.ok) return appended
  const { seq, rev, duplicate, audience } = appended.value
  const place = { seq, rev, at: appended.value.at }
  if (!duplicate) {
    const row: MessageRow = { conversation, ...place, id, sender: number, body }
    announceMessage(context, audience, { row }, socket)
  }
  return ok(place)
}

/** What is stored of what was sent, where that takes a look first. A retry says what was said before. */
async function resolveBody(
  context: Context,
  user: User,
  { conversation, id, body }: Checked<'messages.send'>,
): Promise<Result<Body>> {
  const sent = await context.store.messages.findById(user.number, id)
  if (sent) return body.kind === 'forward' ? resolveForwardAgain(sent) : ok(body)
  const entered = await enter(context, user, conversation)
  if (!entered.ok) return entered
  switch (body.kind) {
    case 'text':
      // To call everybody is the admins' right.
      if (entered.value.kind === 'direct') return refuse('forbidden')
      return entered.value.role === 'member' ? refuse('not_allowed_in_group') : ok(body)
    case 'shake':
      if (entered.value.kind === 'group') return refuse('forbidden')
      return takeShake(context, user, conversation)
    case 'forward':
      return resolveForward(context, user, body)
  }
}

/** Milliseconds between two shakes of one person in one conversation. */
const shakeEvery = 5_000

async function takeShake({ store, clock }: Context, { number }: User, conversation: number): Promise<Result<Body>> {
  const now = clock.now()
  const taken = await store.tallies.change([`shake ${number} ${conversation}`], now, ([tally = null]) => {
    if (tally) return { value: tally.expires - now, tallies: [tally] }
    return { value: 0, tallies: [{ failures: 1, until: 0, expires: now + shakeEvery }] }
  })
  if (!taken.ok) return taken
  return taken.value > 0 ? refuse('too_many_requests', taken.value) : ok({ kind: 'shake' })
}

export async function page(
  context: Context,
  user: User,
  { conversation, before, after, limit }: Checked<'messages.page'>,
): Promise<Answer<'messages.page'>> {
  const entered = await enter(context, user, conversation)
  if (!entered.ok) return entered
  const { from_seq } = entered.value
  const messages = await context.store.messages.page({
    conversation,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after: Math.max(after, from_seq) }),
    limit,
  })
  return ok({ messages: messages.filter(({ seq }) => seq > from_seq) })
}

export async function get(
  context: Context,
  user: User,
  { conversation, seqs }: Checked<'messages.get'>,
): Promise<Answer<'messages.get'>> {
  const entered = await enter(context, user, conversation)
  if (!entered.ok) return entered
  const visible = seqs.filter((seq) => seq > entered.value.from_seq)
  return ok({ messages: await context.store.messages.get(conversation, visible) })
}

/** Times follow places but for clocks that jump: so halving finds the place in a few looks, wherever it is. */
export async function locate(
  context: Context,
  user: User,
  { conversation, at }: Checked<'messages.locate'>,
): Promise<Answer<'messages.locate'>> {
  const entered = await enter(context, user, conversation)
  if (!entered.ok) return entered
  const { messages } = context.store
  const [newest] = await messages.page({ conversation, limit: 1 })
  if (!newest) return ok({ seq: 0 })
  let low = entered.value.from_seq + 1
  let high = newest.seq
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [row] = await messages.page({ conversation, after: middle - 1, limit: 1 })
    if (row && row.at < at) low = middle + 1
    else high = middle
  }
  return ok({ seq: high })
}
