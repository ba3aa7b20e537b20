/** The comparison of revisions: what a device lacks. */
import { LIMITS, ok, type Answer, type Checked } from '@rookery/protocol'
import type { Context, User } from './context.ts'

/** A device of another epoch gets everything, as if it had nothing. */
export async function sync(
  { store }: Context,
  { number }: User,
  { epoch, rev, heads }: Checked<'sync'>,
): Promise<Answer<'sync'>> {
  const known = epoch === store.epoch
  const changes = await store.conversations.changes({
    number,
    rev: known ? rev : 0,
    heads: new Map(known ? heads : []),
    rows: LIMITS.syncRows,
    messages: LIMITS.syncMessages,
    length: LIMITS.syncLength,
  })
  return ok({ epoch: store.epoch, ...changes })
}
