/** Sending, and reading back. */
import { ok, type Answer, type Checked } from '@rookery/protocol'
import { announce } from './announce.ts'
import type { Context, User } from './context.ts'
import { enter } from './conversations.ts'

/** Commits, then announces: what a device is told of is on disk already. */
export async function send(
  context: Context,
  { number, socket }: User,
  { conversation, id, body }: Checked<'messages.send'>,
): Promise<Answer<'messages.send'>> {
  const { store, clock } = context
  const appended = await store.messages.append({ conversation, sender: number, id, body, at: clock.now() })
  if (!appended.ok) return appended
  const { seq, rev, at, duplicate, members } = appended.value
  if (!duplicate) {
    announce(
      context,
      members,
      { push: 'message', row: { conversation, seq, rev, id, sender: number, at, body } },
      socket,
    )
  }
  return ok({ seq, rev, at })
}

export async function page(
  context: Context,
  user: User,
  { conversation, before, after, limit }: Checked<'messages.page'>,
): Promise<Answer<'messages.page'>> {
  const entered = await enter(context, user, conversation)
  if (!entered.ok) return entered
  const messages = await context.store.messages.page({
    conversation,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    limit,
  })
  return ok({ messages })
}
