/** The answer to `sync`: one snapshot of all that differs. */
import { LIMITS, type GroupRequestRow, type MembershipRow } from '@rookery/protocol'
import type { SyncAnswer, SyncRequest } from '../../core/log-ports.ts'
import { changeLimit, draftAnswer, messageLimit, type Described } from '../changes.ts'
import { headsOf, type MemberHead } from '../queries/conversations.ts'
import { groupOf, readGroup, type StoredGroup } from '../queries/groups.ts'
import { messageColumns, readMessage } from '../queries/messages.ts'
import * as own from '../queries/own-rows.ts'
import type { Connection } from './connection.ts'
import { seenTxid } from './history.ts'
import type { StoredMessage } from './messages.ts'

/** Conversations that are described in one statement: an answer that is long enough needs no more of them. */
const describedAtOnce = 25

export async function readChanges(connection: Connection, request: SyncRequest): Promise<SyncAnswer> {
  const { number, rows } = request
  const after = [number, request.rev, rows]
  const [[person], heads, contacts, memberships, requests, settings] = await Promise.all([
    connection.query<{ txid: number; rev: number | null }>(
      `SELECT ${seenTxid} AS txid, (SELECT rev FROM accounts WHERE number = $1) AS rev`,
      [number],
    ),
    connection.query<MemberHead>(headsOf, [number]),
    connection.query<own.StoredContact>(own.contactsAfter, after),
    connection.query<own.StoredMembership>(own.membershipsAfter, after),
    connection.query<GroupRequestRow>(own.requestsAfter, after),
    connection.query<own.StoredSettings>(own.settingsOf, [number]),
  ])
  const answer = draftAnswer(request, {
    txid: person?.txid ?? 0,
    rev: person?.rev ?? 0,
    heads,
    contacts: contacts.map(own.readContact),
    memberships: memberships.map(own.readMembership),
    requests,
    settings: settings.map(own.readSettings).filter((row) => row.rev > request.rev),
  })
  for (let index = 0; index < answer.wanted.length && !answer.isFull(); index += describedAtOnce) {
    const some = answer.wanted.slice(index, index + describedAtOnce)
    const described = await describe(connection, request, some)
    some.forEach((head, place) => {
      const found = described[place]
      if (found && !answer.isFull()) answer.add(head, found)
    })
  }
  return answer.finish(await readMemberships(connection, number, answer.unlisted))
}

/** The conversations of the answer, and of each what the device has: it lacks what is past its rev or its cursor. */
const wanted = `unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
  WITH ORDINALITY AS w (conversation, last_seq, from_seq, past_rev, past_txid, count, place)`
const columns = `w.place, ${messageColumns.replaceAll(/\w+/g, 'm.$&')}, m.txid`

/** Reads no more than will be shown: of the newest, what the device lacks, and the last one in any case. */
const newestOf = `
  SELECT ${columns} FROM ${wanted}
  CROSS JOIN LATERAL (
    SELECT * FROM messages WHERE conversation = w.conversation AND seq > greatest(w.last_seq - w.count, w.from_seq)
    ORDER BY seq DESC LIMIT w.count
  ) m
  WHERE (m.rev > w.past_rev AND m.txid > w.past_txid) OR m.seq = w.last_seq
  ORDER BY w.place, m.seq DESC`

/** A later change has the greater rev and the greater txid: what the device lacks comes first. */
const changedOf = `
  SELECT ${columns} FROM ${wanted}
  CROSS JOIN LATERAL (
    SELECT * FROM messages
    WHERE conversation = w.conversation AND changed = 1 AND rev > w.past_rev AND txid > w.past_txid AND seq > w.from_seq
    ORDER BY rev DESC LIMIT w.count
  ) m
  ORDER BY w.place, m.rev DESC`

const newsOf = `
  SELECT w.place, u.count AS unread, n.seq AS mentioned
  FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS w (conversation, read_seq, place)
  CROSS JOIN LATERAL (
    SELECT count(*) AS count FROM (
      SELECT 1 FROM messages
      WHERE conversation = w.conversation AND seq > w.read_seq AND sender <> $3 AND quiet = 0 LIMIT $4
    ) m
  ) u
  CROSS JOIN LATERAL (
    SELECT coalesce(max(n.seq), 0) AS seq FROM mentions n
    JOIN messages s ON s.conversation = n.conversation AND s.seq = n.seq
    WHERE n.conversation = w.conversation AND n.number IN (0, $3) AND n.seq > w.read_seq AND s.sender <> $3
  ) n`

const groupsOf = groupOf.replace('= +$1', '= ANY($1::bigint[])')

type Dated = StoredMessage & { readonly place: number; readonly txid: number }

async function describe(
  connection: Connection,
  request: SyncRequest,
  heads: readonly MemberHead[],
): Promise<Described[]> {
  const conversations = heads.map(({ conversation }) => conversation)
  const limited = (limit: (request: SyncRequest, conversation: number) => number) => [
    conversations,
    heads.map(({ last_seq }) => last_seq),
    heads.map(({ from_seq }) => from_seq),
    conversations.map((conversation) => request.heads.get(conversation) ?? -1),
    conversations.map((conversation) => (request.heads.has(conversation) ? -1 : request.after)),
    conversations.map((conversation) => limit(request, conversation)),
  ]
  const groups = heads.filter(({ kind }) => kind === 'group').map(({ conversation }) => conversation)
  const [newest, changed, news, rows] = await Promise.all([
    connection.query<Dated>(newestOf, limited(messageLimit)),
    connection.query<Dated>(changedOf, limited(changeLimit)),
    connection.query<{ place: number; unread: number; mentioned: number }>(newsOf, [
      conversations,
      heads.map(({ read_seq }) => read_seq),
      request.number,
      LIMITS.unreadCount,
    ]),
    groups.length > 0 ? connection.query<StoredGroup>(groupsOf, [groups]) : [],
  ])
  const newsAt = new Map(news.map((row) => [row.place, row]))
  const groupAt = new Map(rows.map((row) => [row.conversation, readGroup(row)]))
  const [newestAt, changedAt] = [newest, changed].map((found) => Map.groupBy(found, ({ place }) => place))
  const read = (found: readonly Dated[] = []) => found.map((row) => ({ row: readMessage(row), txid: row.txid }))
  return heads.map(({ conversation }, index) => ({
    unread: newsAt.get(index + 1)?.unread ?? 0,
    mentioned: newsAt.get(index + 1)?.mentioned ?? 0,
    newest: read(newestAt?.get(index + 1)),
    changed: read(changedAt?.get(index + 1)),
    group: groupAt.get(conversation) ?? null,
  }))
}

async function readMemberships(
  connection: Connection,
  number: number,
  conversations: readonly number[],
): Promise<MembershipRow[]> {
  if (conversations.length === 0) return []
  const rows = await connection.query<own.StoredMembership>(
    `${own.memberships} WHERE m.owner = $1 AND m.conversation = ANY($2::bigint[])`,
    [number, conversations],
  )
  return rows.map(own.readMembership)
}
