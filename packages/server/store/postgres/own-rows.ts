/** The rows that are somebody's own: how they are read, and how a change to them takes its owner's next rev. */
import { ok, type ContactRow, type MembershipRow } from '@rookery/protocol'
import type { ContactStore, OwnRows, RowChange } from '../../core/ports.ts'
import * as sql from '../queries/own-rows.ts'
import { readMembership, type StoredMembership } from '../queries/own-rows.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { currentTxid } from './history.ts'
import type { Work } from './lane.ts'

export function contactReads(database: Database): Pick<ContactStore, 'find' | 'count' | 'friends'> {
  return {
    find: async (owner, peer) => (await database.read<ContactRow>(sql.contactOf, [owner, peer]))[0] ?? null,
    count: async (owner) => (await database.read<{ count: number }>(sql.countContacts, [owner]))[0]?.count ?? 0,
    friends: async (owner) => (await database.read<{ peer: number }>(sql.friendsOf, [owner])).map(({ peer }) => peer),
  }
}

/** Locks are always taken in this order, so that no two wait for each other: accounts by number, conversations by id. */
export async function lockAccounts(connection: Connection, numbers: readonly number[]): Promise<Map<number, number>> {
  const rows = await connection.query<{ number: number; rev: number }>(
    'SELECT number, rev FROM accounts WHERE number = ANY($1::bigint[]) ORDER BY number FOR NO KEY UPDATE',
    [numbers],
  )
  return new Map(rows.map(({ number, rev }) => [number, rev]))
}

export function lockConversations(connection: Connection, conversations: readonly number[]): Promise<unknown> {
  return connection.query(
    `SELECT 1 FROM conversations WHERE conversation = ANY($1::bigint[]) ORDER BY conversation FOR NO KEY UPDATE`,
    [conversations],
  )
}

const setRev = 'UPDATE accounts SET rev = $1 WHERE number = $2'
const touch = `UPDATE conversations SET txid = ${currentTxid} WHERE conversation = ANY($1::bigint[])`

/** All rows of a change or none; the locks are held to the end. */
export async function changeOwnRows(
  connection: Connection,
  changes: readonly RowChange[],
): Promise<Work<{ ok: true; value: OwnRows[] | 'stale' }>> {
  const owners = [...new Set(changes.map(({ owner }) => owner))]
  const conversations = changes.flatMap((change) => (change.row === 'membership' ? [change.conversation] : []))
  const [revs, , stored] = await Promise.all([
    lockAccounts(connection, owners),
    lockConversations(connection, conversations),
    Promise.all(changes.map((change) => readRow(connection, change))),
  ])
  if (changes.some(({ expect }, index) => expect !== (stored[index]?.rev ?? 0)))
    return { value: ok('stale' as const), wrote: false }
  const takeRev = (owner: number): number => {
    const rev = revs.get(owner)
    if (rev === undefined) throw new Error(`There is no account ${owner}.`)
    revs.set(owner, rev + 1)
    return rev + 1
  }
  const [, , , rows] = await Promise.all([
    Promise.all(changes.map((change) => put(connection, change, takeRev(change.owner)))),
    Promise.all(owners.map((owner) => connection.run(setRev, [revs.get(owner) ?? 0, owner]))),
    // To a new member all of the conversation is news, however old it is.
    connection.run(touch, [conversations]),
    Promise.all(changes.map((change) => readRow(connection, change))),
  ])
  return { value: ok(sortByOwner(owners, changes, rows)), wrote: true }
}

type OwnRow = ContactRow | MembershipRow

async function readRow(connection: Connection, change: RowChange): Promise<OwnRow | null> {
  if (change.row === 'contact')
    return (await connection.query<ContactRow>(sql.contactOf, [change.owner, change.peer]))[0] ?? null
  const keys = [change.owner, change.conversation]
  const [row] = await connection.query<StoredMembership>(sql.membershipOf, keys)
  return row ? readMembership(row) : null
}

function put(connection: Connection, change: RowChange, rev: number): Promise<number> {
  const { owner } = change
  switch (change.row) {
    case 'contact':
      return connection.run(sql.putContact, [owner, change.peer, change.state, change.greeting, change.at, rev])
    case 'membership':
      return connection.run(sql.putMembership, [owner, change.conversation, change.writable ? 1 : 0, rev])
  }
}

function sortByOwner(
  owners: readonly number[],
  changes: readonly RowChange[],
  rows: readonly (OwnRow | null)[],
): OwnRows[] {
  return owners.map((owner) => {
    const own = rows.filter((row, index) => row !== null && changes[index]?.owner === owner) as OwnRow[]
    return {
      owner,
      contacts: own.filter((row) => 'state' in row),
      memberships: own.filter((row) => 'writable' in row),
    }
  })
}
