/** The comparison of revisions: what a device lacks. docs/sync.md tells it from the device's side. */
import { LIMITS, ok, type Answer, type Checked, type Output } from '@rookery/protocol'
import type { Context, User } from './context.ts'
import { noCursor, readCursor, writeCursor, type Cursor } from './cursor.ts'
import type { SyncAnswer } from './log-ports.ts'

interface Known {
  readonly rev: number
  readonly cursor: Cursor
  readonly heads: ReadonlyMap<number, number>
}

const nothing: Known = { rev: 0, cursor: noCursor, heads: new Map() }

/** A device of another epoch, or one that knows more than ever happened here, starts as if it had nothing. */
export async function sync(
  context: Context,
  user: User,
  { epoch, rev, cursor, heads }: Checked<'sync'>,
): Promise<Answer<'sync'>> {
  if (epoch === context.store.epoch) {
    const known = { rev, cursor: readCursor(cursor), heads: new Map(heads) }
    const changes = await findChanges(context, user, known)
    const isAhead = changes.ahead || known.cursor.upTo > changes.txid
    if (!isAhead) return ok(toAnswer(context.store.epoch, false, known.cursor, changes))
  }
  return ok(toAnswer(context.store.epoch, true, noCursor, await findChanges(context, user, nothing)))
}

function findChanges({ store }: Context, { number }: User, { rev, cursor, heads }: Known): Promise<SyncAnswer> {
  const isFirst = cursor.upTo < 0
  return store.conversations.changes({
    number,
    rev,
    after: cursor.page ? cursor.page.after : cursor.upTo,
    below: cursor.page?.below ?? null,
    heads,
    rows: isFirst ? LIMITS.syncFirst : LIMITS.syncRows,
    messages: LIMITS.syncMessages,
    changes: LIMITS.syncChanges,
    length: LIMITS.syncLength,
  })
}

/** Pages go on to where the first one saw the end: what changes meanwhile comes after that. */
function toAnswer(epoch: string, reset: boolean, before: Cursor, changes: SyncAnswer): Output<'sync'> {
  const { rev, contacts, memberships, requests, settings, conversations, total, moreRows, moreBelow } = changes
  const upTo = before.page ? before.upTo : changes.txid
  const after = before.page ? before.page.after : before.upTo
  const cursor = writeCursor({ upTo, page: moreBelow && { after, below: moreBelow } })
  const more = moreRows || moreBelow !== null
  const own = { contacts, memberships, requests, settings }
  return { epoch, reset, rev, cursor, ...own, conversations, total, more }
}
