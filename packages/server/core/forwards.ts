/** What a forward says: made here from what the one who forwards may read, never from what they claim. */
import {
  LIMITS,
  ok,
  refuse,
  type Body,
  type MergedItem,
  type MessageRow,
  type Result,
  type Sendable,
} from '@rookery/protocol'
import type { Context, User } from './context.ts'
import { enter } from './conversations.ts'

type Forward = Extract<Sendable, { kind: 'forward' }>

/** What was said first, whatever became of the original since; if it was a forward. */
export function resolveForwardAgain({ body }: MessageRow): Result<Body, 'message_id_conflict'> {
  const isForward = body.kind === 'merged' || body.kind === 'recalled' || (body.kind === 'text' && body.forwarded)
  return isForward ? ok(body) : refuse('message_id_conflict')
}

export async function resolveForward(
  context: Context,
  user: User,
  { from, seqs, merged }: Forward,
): Promise<Result<Body>> {
  const { store } = context
  const entered = await enter(context, user, from)
  if (!entered.ok) return entered
  const wanted = [...new Set(seqs)]
  const rows = await store.messages.get(
    from,
    wanted.filter((seq) => seq > entered.value.from_seq),
  )
  if (rows.length !== wanted.length) return refuse('not_found')
  if (rows.some(({ body }) => body.kind === 'recalled')) return refuse('recalled')
  if (rows.some(({ body }) => body.kind !== 'text' && body.kind !== 'merged')) return refuse('forbidden')
  const people = await store.accounts.people(rows.map(({ sender }) => sender))
  const names = new Map(people.map(({ number, name }) => [number, name]))
  const nameOf = (number: number) => names.get(number) ?? String(number)
  if (!merged) return rows.length === 1 && rows[0] ? ok(forwardOne(rows[0], nameOf)) : refuse('forbidden')
  const group = entered.value.kind === 'group' ? await store.groups.find(from) : null
  const items = rows.map((row) => itemOf(row, nameOf))
  const size = items.reduce((sum, { text }) => sum + text.length, 0)
  return size > LIMITS.mergedLength ? refuse('too_large') : ok({ kind: 'merged', title: group?.name ?? '', items })
}

/** Forwarded again, it is still from whoever said it. */
function forwardOne({ body, sender }: MessageRow, nameOf: (number: number) => string): Body {
  if (body.kind !== 'text') return body
  const { text, forwarded = { number: sender, name: nameOf(sender) } } = body
  return { kind: 'text', text, forwarded }
}

function itemOf({ body, sender, at }: MessageRow, nameOf: (number: number) => string): MergedItem {
  const text = body.kind === 'text' ? body.text : body.kind === 'merged' ? body.items.map(sayItem).join('\n') : ''
  return { number: sender, name: nameOf(sender), at, text }
}

function sayItem({ name, text }: MergedItem): string {
  return `${name}: ${text}`
}
