/** What is for somebody, at the end of a day. */
import type { MessageRow } from '@rookery/protocol'
import type { Person } from '../../../packages/cli/verify/people.ts'
import type { Account } from './account.ts'
import type { Truth } from './truth.ts'

/** By conversation, those that they are in. */
export type View = ReadonlyMap<number, readonly MessageRow[]>

export function viewOf({ number }: Person, truth: Truth, { memberships }: Account): View {
  return new Map(
    truth.conversations
      .filter((id) => truth.isIn(number, id))
      .map((id) => {
        const from = memberships.get(id)?.from_seq ?? 0
        return [id, (truth.logs.get(id) ?? []).filter(({ seq }) => seq > from)] as const
      }),
  )
}

/** All that one can read in it. */
export function sayOf({ body }: MessageRow): string {
  if (body.kind === 'text') return body.text
  return body.kind === 'merged' ? body.items.map(({ text }) => text).join('\n') : ''
}
