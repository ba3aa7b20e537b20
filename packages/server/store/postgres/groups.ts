/** Groups: how they are run, who is in them, who asks to be. */
import { ok, type FoundGroup, type GroupRow, type Result } from '@rookery/protocol'
import type { GroupChange, GroupChanged, GroupStore } from '../../core/group-ports.ts'
import * as sql from '../queries/groups.ts'
import { requestRowsOf } from '../queries/own-rows.ts'
import { appendEvent } from './appends.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import type { Change } from './locks.ts'
import { findByName } from './name-search.ts'
import { isStale, locksOf, readRequest, writeRows } from './own-rows.ts'
import { readRows } from './row-kinds.ts'

const membersNamed = `SELECT m.owner AS number, a.name, a.avatar, m.nickname, m.rank, m.silenced_until
  FROM memberships m JOIN accounts a ON a.number = m.owner
  WHERE m.conversation = $1 AND m.gone = 0 AND (strpos(a.folded_name, $2) > 0 OR strpos(m.folded_nickname, $2) > 0)
  ORDER BY m.rank, m.owner LIMIT $3`
const membersOf = sql.memberOf.replace('m.owner = +$2', 'm.owner = ANY($2::bigint[])')

export function groupReads(database: Database): Omit<GroupStore, 'create' | 'change' | 'setLink'> {
  return {
    find: (conversation) => findGroup(database.read, conversation),
    async members({ conversation, after, query, limit }) {
      const [rank, number] = after ?? [-1, 0]
      const rows = await (query === null
        ? database.read<sql.StoredMember>(sql.membersAfter, [conversation, rank, number, limit])
        : database.read<sql.StoredMember>(membersNamed, [conversation, query, limit]))
      return rows.map(sql.readMember)
    },
    async people(conversation, numbers) {
      const rows = await database.read<sql.StoredMember>(membersOf, [conversation, numbers])
      const found = new Map(rows.map((row) => [row.number, sql.readMember(row)]))
      return numbers.flatMap((number) => found.get(number) ?? [])
    },
    count: async (number) => (await database.read<{ count: number }>(sql.countGroups, [number]))[0]?.count ?? 0,
    admins: async (conversation) =>
      (await database.read<{ owner: number }>(sql.adminsOf, [conversation])).map(({ owner }) => owner),
    search: (query, limit) => findByName<FoundGroup>(database, 'listedGroups', query, limit),
    request: (owner, conversation, number) => readRequest(database, [owner, conversation, number]),
    requestRows: (conversation, number) => database.read(requestRowsOf, [conversation, number]),
    waiting: (conversation) => database.read(sql.waitingRequests, [conversation]),
    findLink: async (hash, now) =>
      (await database.read<{ conversation: number }>(sql.groupByLink, [hash, now]))[0]?.conversation ?? null,
  }
}

async function findGroup(read: Connection['query'], conversation: number): Promise<GroupRow | null> {
  const [row] = await read<sql.StoredGroup>(sql.groupOf, [conversation])
  return row ? sql.readGroup(row) : null
}

export async function createGroup(
  connection: Connection,
  { name, folded_name, owner }: Parameters<GroupStore['create']>[0],
) {
  const [made] = await connection.query<{ conversation: number }>(
    `INSERT INTO conversations (kind) VALUES ('group') RETURNING conversation`,
  )
  if (!made) throw new Error('INSERT … RETURNING returned nothing.')
  await connection.run(sql.insertGroup, [made.conversation, name, folded_name, owner])
  return ok(made)
}

export async function setLink(
  connection: Connection,
  { conversation, hash, expires_at }: Parameters<GroupStore['setLink']>[0],
) {
  await connection.run(sql.setLink, [hash, expires_at, conversation])
  return ok(null)
}

/** Whatever changes a group holds its conversation's lock. */
export function changeGroup({
  conversation,
  expect,
  set,
  rows,
  event,
}: GroupChange): Change<Result<GroupChanged | 'stale', never>> {
  const locks = locksOf(rows)
  return {
    ...locks,
    conversations: [conversation, ...locks.conversations],
    async run(connection, revs) {
      const [before, stored] = await Promise.all([
        findGroup(connection.query, conversation),
        readRows(connection, rows),
      ])
      if (before?.version !== expect || isStale(rows, stored)) return { value: ok('stale'), wrote: false }
      // The rows first: whoever comes in by this change sees the message that says so.
      const written = await writeRows(connection, rows, stored, revs)
      const { folded_name = null, ...fields } = set
      const [numbered, , after] = await Promise.all([
        event && appendEvent(connection, { ...event, conversation }),
        putGroup(connection, { ...before, ...fields, version: expect + 1 }, folded_name),
        findGroup(connection.query, conversation),
      ])
      if (!after) throw new Error('A changed group vanished.')
      const message = event && numbered ? { conversation, ...numbered, ...messageOf(event) } : null
      return { value: ok({ group: after, message, rows: written }), wrote: true }
    },
  }
}

/** The count of members is taken after the rows are written. */
async function putGroup(connection: Connection, row: GroupRow, folded_name: string | null): Promise<void> {
  const { conversation, name, notice, owner, history, joining, inviting, listed, dissolved, silenced, version } = row
  const named = [name, folded_name, notice, owner, history, joining, inviting]
  await Promise.all([
    connection.run(sql.putGroup, [...named, listed ? 1 : 0, dissolved ? 1 : 0, version, conversation]),
    connection.run(sql.putSilenced, [silenced ? 1 : 0, conversation]),
  ])
}

function messageOf({ id, sender, at, body }: NonNullable<GroupChange['event']>) {
  return { id, sender, at, body }
}
