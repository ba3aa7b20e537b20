/** The rows that are somebody's own: how they are read, and how a change to them takes its owner's next rev. */
import { ok, type GroupRequestRow, type Result, type SettingsRow } from '@rookery/protocol'
import type { ContactStore, OwnRowsOf, RowChange } from '../../core/own-row-ports.ts'
import * as sql from '../queries/own-rows.ts'
import { ownRowsOf, type StoredRow } from '../row-changes.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { currentTxid } from './history.ts'
import type { Change, Revs } from './locks.ts'
import { putRows, readRows } from './row-kinds.ts'

type Reads = Pick<ContactStore, 'find' | 'count' | 'friends' | 'all' | 'settings'>

export function contactReads(database: Database): Reads {
  return {
    async find(owner, peer) {
      const [row] = await database.read<sql.StoredContact>(sql.contactOf, [owner, peer])
      return row ? sql.readContact(row) : null
    },
    count: async (owner) => (await database.read<{ count: number }>(sql.countContacts, [owner]))[0]?.count ?? 0,
    friends: async (owner) => (await database.read<{ peer: number }>(sql.friendsOf, [owner])).map(({ peer }) => peer),
    all: async (owner) => (await database.read<sql.StoredContact>(sql.contactsOf, [owner])).map(sql.readContact),
    async settings(owner): Promise<SettingsRow> {
      const [row] = await database.read<sql.StoredSettings>(sql.settingsOf, [owner])
      if (!row) throw new Error(`There is no account ${owner}.`)
      return sql.readSettings(row)
    },
  }
}

export async function readRequest(
  database: Database,
  key: readonly [owner: number, conversation: number, number: number],
): Promise<GroupRequestRow | null> {
  return (await database.read<GroupRequestRow>(sql.requestOf, key))[0] ?? null
}

const setRevs = `UPDATE accounts a SET rev = g.rev FROM unnest($1::bigint[], $2::bigint[]) AS g (number, rev)
  WHERE a.number = g.number`
const touch = `UPDATE conversations SET txid = ${currentTxid} WHERE conversation = ANY($1::bigint[])`
const headsOf = 'SELECT conversation, last_seq FROM conversations WHERE conversation = ANY($1::bigint[])'

/** What a change of rows locks: whose they are, whom they show, and where somebody's rights change. */
export function locksOf(
  changes: readonly RowChange[],
): Pick<Change<unknown>, 'accounts' | 'conversations' | 'entered'> {
  const memberships = changes.filter((change) => change.row === 'membership')
  return {
    accounts: changes.flatMap((change) => (change.row === 'contact' ? [change.owner, change.peer] : [change.owner])),
    conversations: memberships.map(({ conversation }) => conversation),
    entered: memberships.filter(({ expect }) => expect === 0).map(({ conversation }) => conversation),
  }
}

/** All rows of a change or none; the locks are held to the end. */
export function changeOwnRows(changes: readonly RowChange[]): Change<Result<OwnRowsOf[] | 'stale', never>> {
  return {
    ...locksOf(changes),
    async run(connection, revs) {
      const stored = await readRows(connection, changes)
      if (isStale(changes, stored)) return { value: ok('stale'), wrote: false }
      return { value: ok(await writeRows(connection, changes, stored, revs)), wrote: true }
    },
  }
}

export function isStale(changes: readonly RowChange[], stored: readonly (StoredRow | null)[]): boolean {
  return changes.some(({ expect }, index) => expect !== (stored[index]?.rev ?? 0))
}

/** @param stored the rows as they are, in the order of the changes. */
export async function writeRows(
  connection: Connection,
  changes: readonly RowChange[],
  stored: readonly (StoredRow | null)[],
  revs: Revs,
): Promise<OwnRowsOf[]> {
  if (changes.length === 0) return []
  const { conversations } = locksOf(changes)
  const heads = conversations.length > 0 ? await connection.query<Head>(headsOf, [conversations]) : []
  const lastSeqs = new Map(heads.map(({ conversation, last_seq }) => [conversation, last_seq]))
  const numbers = changes.map((change) => ({
    rev: takeRev(revs, change.owner),
    lastSeq: change.row === 'membership' ? (lastSeqs.get(change.conversation) ?? 0) : 0,
  }))
  const owners = [...new Set(changes.map(({ owner }) => owner))]
  // To a new member all of the conversation is news, however old it is.
  const joined = changes.flatMap((change, index) =>
    change.row === 'membership' && (!stored[index] || change.set.joins !== undefined) ? [change.conversation] : [],
  )
  const [, , , rows] = await Promise.all([
    putRows(connection, changes, stored, numbers),
    connection.run(setRevs, [owners, owners.map((owner) => revs.get(owner) ?? 0)]),
    joined.length > 0 && connection.run(touch, [joined]),
    readRows(connection, changes),
  ])
  const after = new Map(changes.map((change, index) => [change, rows[index] ?? null]))
  return ownRowsOf(changes, (change) => after.get(change) ?? null)
}

interface Head {
  readonly conversation: number
  readonly last_seq: number
}

function takeRev(revs: Revs, owner: number): number {
  const rev = revs.get(owner)
  if (rev === undefined) throw new Error(`There is no account ${owner}.`)
  revs.set(owner, rev + 1)
  return rev + 1
}
