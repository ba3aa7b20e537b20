/** Finding messages. */
import { ok, type Answer, type Checked, type MessageRow } from '@rookery/protocol'
import type { Context, User } from './context.ts'
import { enter } from './conversations.ts'
import { readQuery } from './tokens.ts'

export async function findMessages(
  context: Context,
  user: User,
  { query, conversation, sender, kind, from, until, cursor, limit }: Checked<'messages.find'>,
): Promise<Answer<'messages.find'>> {
  if (conversation !== undefined) {
    const entered = await enter(context, user, conversation)
    if (!entered.ok) return entered
  }
  const { messages, next } = await context.store.search.find({
    number: user.number,
    phrases: readQuery(query),
    conversation: conversation ?? null,
    sender: sender ?? null,
    kind: kind ?? null,
    from: from ?? null,
    until: until ?? null,
    after: /^\d{1,15}$/.test(cursor) ? cursor : null,
    limit,
  })
  const found = await Promise.all(messages.map((message) => addNeighbours(context, user, message)))
  return ok({ found, cursor: next ?? '' })
}

async function addNeighbours({ store }: Context, { number }: User, message: MessageRow) {
  const { conversation, seq } = message
  const [rows, membership] = await Promise.all([
    store.messages.get(conversation, [seq - 1, seq + 1]),
    store.conversations.membership(number, conversation),
  ])
  const before = rows.find((row) => row.seq === seq - 1 && row.seq > (membership?.from_seq ?? seq))
  const after = rows.find((row) => row.seq === seq + 1)
  return { message, ...(before && { before }), ...(after && { after }) }
}
