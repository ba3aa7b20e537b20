/** Conversations, who is in them and how far they have read; and the answer to `sync`. */
import { LIMITS, ok, type ContactRow, type MembershipRow, type Result } from '@rookery/protocol'
import type { ConversationStore, SyncAnswer, SyncRequest } from '../../core/ports.ts'
import { draftAnswer, messageLimit, type Described } from '../changes.ts'
import { directConversation, headsOf, readersOf, type MemberHead } from '../queries/conversations.ts'
import { messageColumns } from '../queries/messages.ts'
import {
  contactsAfter,
  membershipOf,
  membershipsAfter,
  readMembership,
  type StoredMembership,
} from '../queries/own-rows.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { seenTxid } from './history.ts'
import { readMessage, type StoredMessage } from './messages.ts'

export function conversationReads(database: Database): Pick<ConversationStore, 'membership' | 'readers' | 'changes'> {
  return {
    async membership(number, conversation) {
      const [row] = await database.read<StoredMembership>(membershipOf, [number, conversation])
      return row ? readMembership(row) : null
    },
    readers: (conversation) => database.read(readersOf, [conversation]),
    changes: (request) => database.readSnapshot((connection) => readChanges(connection, request)),
  }
}

/** Conversations that are described in one statement: an answer that is long enough needs no more of them. */
const describedAtOnce = 25

async function readChanges(connection: Connection, request: SyncRequest): Promise<SyncAnswer> {
  const { number, rows } = request
  const [[own], heads, contacts, memberships] = await Promise.all([
    connection.query<{ txid: number; rev: number | null }>(
      `SELECT ${seenTxid} AS txid, (SELECT rev FROM accounts WHERE number = $1) AS rev`,
      [number],
    ),
    connection.query<MemberHead>(headsOf, [number]),
    connection.query<ContactRow>(contactsAfter, [number, request.rev, rows]),
    connection.query<StoredMembership>(membershipsAfter, [number, request.rev, rows]),
  ])
  const answer = draftAnswer(request, {
    txid: own?.txid ?? 0,
    rev: own?.rev ?? 0,
    heads,
    contacts,
    memberships: memberships.map(readMembership),
  })
  for (let index = 0; index < answer.wanted.length && !answer.isFull(); index += describedAtOnce) {
    const some = answer.wanted.slice(index, index + describedAtOnce)
    const described = await describe(connection, request, some)
    some.forEach((head, place) => {
      if (!answer.isFull()) answer.add(head, described[place] ?? { unread: 0, newest: [] })
    })
  }
  return answer.finish(await readMemberships(connection, number, answer.unlisted))
}

/** Reads no more than will be shown: of the newest, what the device lacks, and the last one in any case. */
const newestOf = `
  SELECT w.place, ${messageColumns.replaceAll(/\w+/g, 'm.$&')}, m.txid
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
    WITH ORDINALITY AS w (conversation, last_seq, past_rev, past_txid, count, place)
  CROSS JOIN LATERAL (
    SELECT * FROM messages WHERE conversation = w.conversation AND seq > w.last_seq - w.count
    ORDER BY seq DESC LIMIT w.count
  ) m
  WHERE (m.rev > w.past_rev AND m.txid > w.past_txid) OR m.seq = w.last_seq
  ORDER BY w.place, m.seq DESC`

const unreadOf = `
  SELECT w.place, count(*) AS unread
  FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS w (conversation, read_seq, place)
  CROSS JOIN LATERAL (
    SELECT 1 FROM messages WHERE conversation = w.conversation AND seq > w.read_seq AND sender <> $3 LIMIT $4
  ) m
  GROUP BY w.place`

async function describe(
  connection: Connection,
  request: SyncRequest,
  heads: readonly MemberHead[],
): Promise<Described[]> {
  const conversations = heads.map(({ conversation }) => conversation)
  const [newest, unread] = await Promise.all([
    connection.query<StoredMessage & { place: number; txid: number }>(newestOf, [
      conversations,
      heads.map(({ last_seq }) => last_seq),
      conversations.map((conversation) => request.heads.get(conversation) ?? -1),
      conversations.map((conversation) => (request.heads.has(conversation) ? -1 : request.after)),
      conversations.map((conversation) => messageLimit(request, conversation)),
    ]),
    connection.query<{ place: number; unread: number }>(unreadOf, [
      conversations,
      heads.map(({ read_seq }) => read_seq),
      request.number,
      LIMITS.unreadCount,
    ]),
  ])
  const counts = new Map(unread.map((row) => [row.place, row.unread]))
  const messages = Map.groupBy(newest, ({ place }) => place)
  return heads.map((_, index) => ({
    unread: counts.get(index + 1) ?? 0,
    newest: (messages.get(index + 1) ?? []).map((row) => ({ row: readMessage(row), txid: row.txid })),
  }))
}

async function readMemberships(
  connection: Connection,
  number: number,
  conversations: readonly number[],
): Promise<MembershipRow[]> {
  const rows = await Promise.all(
    conversations.map((conversation) => connection.query<StoredMembership>(membershipOf, [number, conversation])),
  )
  return rows.flat().map(readMembership)
}

/** Done again it finds what it made. */
export function openDirect(
  database: Database,
  { one, other }: { one: number; other: number },
): Promise<Result<{ conversation: number }, never>> {
  const pair = [Math.min(one, other), Math.max(one, other)]
  return database.write(async (connection) => {
    const find = () => connection.query<{ conversation: number }>(directConversation, pair)
    const [found] = await find()
    if (found) return ok(found)
    await connection.run(
      `INSERT INTO conversations (kind, low, high) VALUES ('direct', $1, $2) ON CONFLICT (low, high) DO NOTHING`,
      pair,
    )
    const [made] = await find()
    if (!made) throw new Error('A conversation was made and is not there.')
    return ok(made)
  })
}
