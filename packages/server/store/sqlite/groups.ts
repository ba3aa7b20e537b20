/** Groups: how they are run, who is in them, who asks to be. */
import type { Database } from 'bun:sqlite'
import { ok, type FoundGroup, type GroupRow } from '@rookery/protocol'
import type { GroupChange, GroupChanged, GroupStore } from '../../core/group-ports.ts'
import * as sql from '../queries/groups.ts'
import { requestRowsOf } from '../queries/own-rows.ts'
import type { Log } from './log.ts'
import { ownRowReads, rowChanges } from './own-rows.ts'
import type { Transactions } from './transactions.ts'

export function findGroups(db: Database): (conversation: number) => GroupRow | null {
  const group = db.query<sql.StoredGroup, [number]>(sql.groupOf)
  return (conversation) => {
    const row = group.get(conversation)
    return row && sql.readGroup(row)
  }
}

/** Those that are listed, by number or a part of the name: every group is looked at. */
export function groupSearch(db: Database) {
  const listed = db.query<FoundGroup, [string, number]>(
    `SELECT conversation, name, members, joining FROM groups
     WHERE listed = 1 AND dissolved = 0 AND (CAST(conversation AS TEXT) = $1 OR instr(folded_name, $1) > 0)
     ORDER BY conversation LIMIT $2`,
  )
  return ({ query, limit }: { query: string; limit: number }) => listed.all(query, limit)
}

export function groupReads(db: Database): Omit<GroupStore, 'create' | 'change' | 'setLink' | 'search'> {
  const group = findGroups(db)
  const own = ownRowReads(db)
  const membersAfter = db.query<sql.StoredMember, [number, number, number, number]>(sql.membersAfter)
  const membersNamed = db.query<sql.StoredMember, [number, string, number]>(
    `SELECT m.owner AS number, a.name, a.avatar, m.nickname, m.rank, m.silenced_until
     FROM memberships m JOIN accounts a ON a.number = m.owner
     WHERE m.conversation = +$1 AND m.gone = 0 AND (instr(a.folded_name, $2) > 0 OR instr(m.folded_nickname, $2) > 0)
     ORDER BY m.rank, m.owner LIMIT +$3`,
  )
  const member = db.query<sql.StoredMember, [number, number]>(sql.memberOf)
  const count = db.query<{ count: number }, [number]>(sql.countGroups)
  const admins = db.query<{ owner: number }, [number]>(sql.adminsOf)
  const requestRows = db.query<Awaited<ReturnType<GroupStore['requestRows']>>[number], [number, number]>(requestRowsOf)
  const waiting = db.query<{ number: number; greeting: string; at: number }, [number]>(sql.waitingRequests)
  const byLink = db.query<{ conversation: number }, [Uint8Array, number]>(sql.groupByLink)
  return {
    find: async (conversation) => group(conversation),
    async members({ conversation, after, query, limit }) {
      const [rank, number] = after ?? [-1, 0]
      const rows =
        query === null
          ? membersAfter.all(conversation, rank, number, limit)
          : membersNamed.all(conversation, query, limit)
      return rows.map(sql.readMember)
    },
    people: async (conversation, numbers) =>
      numbers.flatMap((number) => {
        const row = member.get(conversation, number)
        return row ? sql.readMember(row) : []
      }),
    count: async (number) => count.get(number)?.count ?? 0,
    admins: async (conversation) => admins.all(conversation).map(({ owner }) => owner),
    request: async (owner, conversation, number) => own.request(owner, conversation, number),
    requestRows: async (conversation, number) => requestRows.all(conversation, number),
    waiting: async (conversation) => waiting.all(conversation),
    findLink: async (hash, now) => byLink.get(hash, now)?.conversation ?? null,
  }
}

export function groupWrites(db: Database, transactions: Transactions, log: Log) {
  const group = findGroups(db)
  const { isStale, write } = rowChanges(db, transactions)
  const open = db.query<{ conversation: number }, []>(
    `INSERT INTO conversations (kind) VALUES ('group') RETURNING conversation`,
  )
  const insert = db.query(sql.insertGroup)
  const put = db.query(sql.putGroup)
  const silence = db.query(sql.putSilenced)
  const numbers = db.query<{ last_seq: number; rev: number }, [number]>(
    'SELECT last_seq, rev FROM conversations WHERE conversation = $1',
  )
  const link = db.query(sql.setLink)

  /** The count of members is taken after the rows are written. */
  function putGroup({ conversation, ...row }: GroupRow, folded_name: string | null): void {
    const { name, notice, owner, history, joining, inviting, listed, dissolved, silenced, version } = row
    const flags = [listed ? 1 : 0, dissolved ? 1 : 0] as const
    put.run(name, folded_name, notice, owner, history, joining, inviting, ...flags, version, conversation)
    silence.run(silenced ? 1 : 0, conversation)
  }

  return {
    createGroup({ name, folded_name, owner }: Parameters<GroupStore['create']>[0]) {
      const row = open.get()
      if (!row) throw new Error('INSERT … RETURNING returned nothing.')
      insert.run(row.conversation, name, folded_name, owner)
      return ok(row)
    },
    changeGroup({ conversation, expect, set, rows, event }: GroupChange) {
      const before = group(conversation)
      if (!before || before.version !== expect || isStale(rows)) return ok('stale' as const)
      // The rows first: whoever comes in by this change sees the message that says so.
      const written = write(rows)
      const stored = numbers.get(conversation)
      if (!stored) throw new Error('A group without a conversation.')
      const numbered = event && log.append({ ...event, conversation }, stored)
      if (event && !numbered) throw new Error('An event has the id of another message.')
      const { folded_name = null, ...fields } = set
      putGroup({ ...before, ...fields, version: expect + 1 }, folded_name)
      const after = group(conversation)
      if (!after) throw new Error('A changed group vanished.')
      const message = event && numbered ? { conversation, ...numbered, ...messageOf(event) } : null
      return ok<GroupChanged>({ group: after, message, rows: written })
    },
    setGroupLink({ conversation, hash, expires_at }: Parameters<GroupStore['setLink']>[0]) {
      link.run(hash, expires_at, conversation)
      return ok(null)
    },
  }
}

function messageOf({ id, sender, at, body }: NonNullable<GroupChange['event']>) {
  return { id, sender, at, body }
}
