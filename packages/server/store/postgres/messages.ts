/** The log of each conversation: how it is read, and how a message in it is changed. */
import { ok, type MessageRow, type Result } from '@rookery/protocol'
import type { Audience, MessageChange, MessageStore } from '../../core/log-ports.ts'
import { readAudience, type Standing } from '../queries/conversations.ts'
import * as sql from '../queries/messages.ts'
import { keepSent, readMessage, renewMessage } from '../queries/messages.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { currentTxid } from './history.ts'
import type { Change } from './locks.ts'
import { indexText } from './search-text.ts'

export type StoredMessage = sql.StoredMessage<string>

export function messageReads(database: Database): Pick<MessageStore, 'page' | 'get' | 'findById'> {
  return {
    async page({ conversation, before, after, limit }) {
      if (after !== undefined)
        return (await database.read<StoredMessage>(sql.pageAbove, [conversation, after, limit])).map(readMessage)
      const newest = [conversation, before ?? Number.MAX_SAFE_INTEGER, limit]
      return (await database.read<StoredMessage>(sql.pageBelow, newest)).reverse().map(readMessage)
    },
    async get(conversation, seqs) {
      const rows = await database.read<StoredMessage>(
        `SELECT ${sql.messageColumns} FROM messages WHERE conversation = $1 AND seq = ANY($2::bigint[]) ORDER BY seq`,
        [conversation, seqs],
      )
      return rows.map(readMessage)
    },
    async findById(sender, id) {
      const [row] = await database.read<StoredMessage>(sql.messageById, [sender, id])
      return row ? readMessage(row) : null
    },
  }
}

/** The message and what the right to change it rests on. Null in a conversation of two: it has no version. */
const stateOf = `
  SELECT ${sql.messageColumns.replaceAll(/\w+/g, 's.$&')}, s.sent, s.quiet, s.doc, v.kind, v.low, v.high, v.last_seq,
    v.rev AS before, m.rev AS taken, g.version
  FROM messages s
  JOIN conversations v ON v.conversation = s.conversation
  JOIN memberships m ON m.conversation = s.conversation AND m.owner = $3
  LEFT JOIN groups g ON g.conversation = s.conversation
  WHERE s.conversation = $1 AND s.seq = $2`

interface State
  extends StoredMessage, Pick<sql.SentMessage, 'sent'>, Pick<Standing, 'kind' | 'low' | 'high' | 'last_seq'> {
  readonly quiet: number
  readonly doc: number
  /** The conversation's rev. */
  readonly before: number
  /** The membership's rev. */
  readonly taken: number
  readonly version: number | null
}

/** Rights are changed under the conversation's lock: what is read under it still holds when the row is written. */
export function changeMessage(
  change: MessageChange,
): Change<Result<{ row: MessageRow; audience: Audience } | 'stale', never>> {
  const { conversation, seq, expect, member } = change
  return {
    accounts: [],
    entered: [],
    conversations: [conversation],
    async run(connection) {
      const [state] = await connection.query<State>(stateOf, [conversation, seq, member.number])
      if (state?.rev !== expect || state.taken !== member.rev || state.version !== member.version)
        return { value: ok('stale'), wrote: false }
      const row = await rewrite(connection, state, change)
      return { value: ok({ row, audience: readAudience(conversation, state) }), wrote: true }
    },
  }
}

const update = `
  UPDATE messages SET rev = $1, txid = ${currentTxid}, body = $2, edited_at = $3, reactions = $4, quiet = $5, doc = $6,
    sent = $7, changed = 1
  WHERE conversation = $8 AND seq = $9`
const advance = `UPDATE conversations SET rev = $1, txid = ${currentTxid} WHERE conversation = $2`
const forgetMentions = 'DELETE FROM mentions WHERE conversation = $1 AND seq = $2'
const mention = `INSERT INTO mentions (conversation, seq, number) SELECT $1, $2, unnest($3::bigint[])
  ON CONFLICT DO NOTHING`
const index = `INSERT INTO found (doc, conversation, seq, at, tokens) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (doc) DO UPDATE SET tokens = excluded.tokens`
const unindex = 'DELETE FROM found WHERE doc = $1'

async function rewrite(connection: Connection, state: State, change: MessageChange): Promise<MessageRow> {
  const { conversation, seq, at, sender } = state
  const { content } = change
  const row = renewMessage(readMessage(state), state.before + 1, change)
  // In its old place: a search shows messages in the order of their sending.
  const doc = content ? (content.searchable ? state.doc || (await takeDoc(connection)) : 0) : state.doc
  const quiet = content ? (content.quiet ? 1 : 0) : state.quiet
  const reactions = row.reactions ? JSON.stringify(row.reactions) : null
  await Promise.all([
    connection.run(update, [
      row.rev,
      JSON.stringify(row.body),
      row.edited_at ?? null,
      reactions,
      quiet,
      doc,
      keepSent(state, change),
      conversation,
      seq,
    ]),
    connection.run(advance, [row.rev, conversation]),
    content && connection.run(forgetMentions, [conversation, seq]),
    content && content.mentions.length > 0 && connection.run(mention, [conversation, seq, content.mentions]),
    content?.searchable && connection.run(index, [doc, conversation, seq, at, indexText(content.searchable, sender)]),
    content && !content.searchable && state.doc > 0 && connection.run(unindex, [state.doc]),
  ])
  return row
}

async function takeDoc(connection: Connection): Promise<number> {
  return (await connection.query<{ doc: number }>(`SELECT nextval('docs') AS doc`))[0]?.doc ?? 0
}
