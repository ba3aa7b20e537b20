/** The log of each conversation: how a batch of messages is appended, and how they are read. */
import { ok, refuse, type MessageRow, type Result } from '@rookery/protocol'
import type { Appended, MessageStore, NewMessage } from '../../core/ports.ts'
import { messageColumns, pageAbove, pageBelow } from '../queries/messages.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { currentTxid } from './history.ts'

export interface StoredMessage extends Omit<MessageRow, 'body'> {
  readonly body: string
}

export function messageReads(database: Database): Pick<MessageStore, 'page'> {
  return {
    async page({ conversation, before, after, limit }) {
      if (after !== undefined)
        return (await database.read<StoredMessage>(pageAbove, [conversation, after, limit])).map(readMessage)
      const newest = [conversation, before ?? Number.MAX_SAFE_INTEGER, limit]
      return (await database.read<StoredMessage>(pageBelow, newest)).reverse().map(readMessage)
    },
  }
}

export function readMessage({ conversation, seq, rev, id, sender, at, body }: StoredMessage): MessageRow {
  return { conversation, seq, rev, id, sender, at, body: JSON.parse(body) as MessageRow['body'] }
}

export type AppendResult = Result<Appended, 'not_member' | 'not_writable' | 'message_id_conflict'>

interface Outcome {
  /** Null for no member. */
  readonly writable: number | null
  readonly low: number
  readonly high: number
  /** The message of that id: stored, or of this batch. Null for none. */
  readonly seq: number | null
  readonly rev: number
  readonly at: number
  readonly same: boolean
  readonly fresh: boolean
}

/**
 * All of a batch in one statement, as if one came after the other. `acceptable` are those that may be written; of
 * several with one id the first is, and all others are compared with what is there under that id.
 *
 * The conversations must be locked by an earlier statement: then this one sees who may write there, and the last seq.
 * Two nodes that were given the same ids insert them in one order, so that neither waits for the other for ever.
 */
const append = `
  WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bigint[], $5::text[])
      WITH ORDINALITY AS g (conversation, sender, id, at, body, place)
  ), standing AS (
    SELECT g.*, m.writable, v.last_seq, v.rev, v.low, v.high,
      s.conversation AS stored_conversation, s.seq AS stored_seq, s.rev AS stored_rev, s.at AS stored_at, s.body AS stored_body
    FROM given g
    LEFT JOIN memberships m ON m.owner = g.sender AND m.conversation = g.conversation
    LEFT JOIN conversations v ON v.conversation = g.conversation
    LEFT JOIN messages s ON s.sender = g.sender AND s.id = g.id
  ), acceptable AS (
    SELECT *, row_number() OVER (PARTITION BY sender, id ORDER BY place) AS turn
    FROM standing WHERE writable = 1 AND stored_seq IS NULL
  ), fresh AS (
    SELECT conversation, sender, id, at, body, place,
      last_seq + row_number() OVER (PARTITION BY conversation ORDER BY place) AS seq,
      rev + row_number() OVER (PARTITION BY conversation ORDER BY place) AS rev
    FROM acceptable WHERE turn = 1
  ), inserted AS (
    INSERT INTO messages (${messageColumns}, txid)
    SELECT conversation, seq, rev, id, sender, at, body, ${currentTxid} FROM fresh ORDER BY sender, id
  ), advanced AS (
    UPDATE conversations v SET last_seq = f.seq, rev = f.rev, txid = ${currentTxid}
    FROM (SELECT conversation, max(seq) AS seq, max(rev) AS rev FROM fresh GROUP BY conversation) f
    WHERE v.conversation = f.conversation
  )
  SELECT g.writable, g.low, g.high,
    coalesce(g.stored_seq, f.seq) AS seq, coalesce(g.stored_rev, f.rev) AS rev, coalesce(g.stored_at, f.at) AS at,
    coalesce(g.stored_conversation, f.conversation) = g.conversation
      AND coalesce(g.stored_body, f.body) = g.body AS same,
    f.place IS NOT DISTINCT FROM g.place AS fresh
  FROM standing g LEFT JOIN fresh f ON f.sender = g.sender AND f.id = g.id AND f.place <= g.place
  ORDER BY g.place`

/** Appends them in this order. Whoever is refused hurts nobody else. */
export async function appendMessages(
  connection: Connection,
  messages: readonly NewMessage[],
): Promise<{ results: AppendResult[]; wrote: boolean }> {
  const outcomes = await connection.query<Outcome>(append, [
    messages.map(({ conversation }) => conversation),
    messages.map(({ sender }) => sender),
    messages.map(({ id }) => id),
    messages.map(({ at }) => at),
    messages.map(({ body }) => JSON.stringify(body)),
  ])
  return { results: outcomes.map(readOutcome), wrote: outcomes.some(({ fresh }) => fresh) }
}

/** A retry is answered even after the sender lost the right to write: it says what happened then. */
function readOutcome({ writable, low, high, seq, rev, at, same, fresh }: Outcome): AppendResult {
  if (writable === null) return refuse('not_member')
  if (seq === null) return refuse('not_writable')
  if (!same) return refuse('message_id_conflict')
  return ok({ seq, rev, at, duplicate: !fresh, members: low === high ? [low] : [low, high] })
}
