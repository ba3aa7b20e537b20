/** Appends messages to their conversations' logs, with whom they mention and what they are found by: a batch at once. */
import { ok, refuse, type Result } from '@rookery/protocol'
import type { Appended, NewMessage } from '../../core/log-ports.ts'
import { readAudience } from '../queries/conversations.ts'
import { fingerprintLength, recalledBody, sentOf } from '../queries/messages.ts'
import type { Connection } from './connection.ts'
import { currentTxid } from './history.ts'
import { indexText } from './search-text.ts'

export type AppendResult = Result<Appended, 'not_member' | 'not_writable' | 'message_id_conflict'>

interface Outcome {
  readonly conversation: number
  /** Null for somebody who was never in it. */
  readonly gone: number | null
  readonly kind: 'direct' | 'group'
  readonly low: number | null
  readonly high: number | null
  /** The message of that id: stored, or of this batch. Null for none. */
  readonly seq: number | null
  readonly rev: number
  readonly at: number
  readonly same: boolean
  readonly fresh: boolean
}

/** As `fingerprint` in queries/messages.ts. */
const fingerprintOf = (text: string) => `left(encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), ${fingerprintLength})`

/**
 * All of a batch in one statement, as if one came after the other. `acceptable` are those that may be written, as
 * `mayWrite` in queries/conversations.ts says it; of several with one id the first is, and all others are compared with
 * what is there under that id, as `isRetry` in queries/messages.ts says it.
 *
 * The conversations must be locked by an earlier statement: then this one sees who may write there, and the last seq.
 * Two nodes that were given the same ids insert them in one order, so that neither waits for the other for ever.
 */
const append = `
  WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::integer[], $7::text[],
      $8::text[]) WITH ORDINALITY AS g (conversation, sender, id, at, body, quiet, tokens, sent, place)
  ), standing AS (
    SELECT g.*, m.gone, v.kind, v.low, v.high, v.last_seq, v.rev,
      m.writable = 1 AND m.gone = 0 AND m.silenced_until <= g.at AND (v.silenced = 0 OR m.rank < 2) AS may_write,
      s.conversation AS stored_conversation, s.seq AS stored_seq, s.rev AS stored_rev, s.at AS stored_at,
      s.body AS stored_body, s.sent AS stored_sent,
      s.edited_at IS NOT NULL OR s.body LIKE '${recalledBody}%' AS is_rewritten
    FROM given g
    LEFT JOIN memberships m ON m.owner = g.sender AND m.conversation = g.conversation
    LEFT JOIN conversations v ON v.conversation = g.conversation
    LEFT JOIN messages s ON s.sender = g.sender AND s.id = g.id
  ), acceptable AS (
    SELECT *, row_number() OVER (PARTITION BY sender, id ORDER BY place) AS turn
    FROM standing WHERE (may_write OR $11::boolean) AND stored_seq IS NULL
  ), numbered AS (
    SELECT conversation, sender, id, at, body, quiet, tokens, sent, place,
      last_seq + row_number() OVER (PARTITION BY conversation ORDER BY place) AS seq,
      rev + row_number() OVER (PARTITION BY conversation ORDER BY place) AS rev
    FROM acceptable WHERE turn = 1 ORDER BY place
  ), fresh AS (
    SELECT *, CASE WHEN tokens IS NULL THEN 0 ELSE nextval('docs') END AS doc FROM numbered
  ), inserted AS (
    INSERT INTO messages (conversation, seq, rev, id, sender, at, body, quiet, doc, sent, txid)
    SELECT conversation, seq, rev, id, sender, at, body, quiet, doc, sent, ${currentTxid} FROM fresh ORDER BY sender, id
  ), indexed AS (
    INSERT INTO found (doc, conversation, seq, at, tokens)
    SELECT doc, conversation, seq, at, tokens FROM fresh WHERE doc > 0
  ), mentioned AS (
    INSERT INTO mentions (conversation, number, seq)
    SELECT f.conversation, n.number, f.seq FROM unnest($9::bigint[], $10::bigint[]) AS n (place, number)
    JOIN fresh f ON f.place = n.place ON CONFLICT DO NOTHING
  ), advanced AS (
    UPDATE conversations v SET last_seq = f.seq, rev = f.rev, txid = ${currentTxid}
    FROM (SELECT conversation, max(seq) AS seq, max(rev) AS rev FROM fresh GROUP BY conversation) f
    WHERE v.conversation = f.conversation
  )
  SELECT g.conversation, g.gone, g.kind, g.low, g.high,
    coalesce(g.stored_seq, f.seq) AS seq, coalesce(g.stored_rev, f.rev) AS rev, coalesce(g.stored_at, f.at) AS at,
    coalesce(g.stored_conversation, f.conversation) = g.conversation AND CASE
      WHEN coalesce(g.stored_sent, f.sent) IS NULL THEN g.is_rewritten OR coalesce(g.stored_body, f.body) = g.body
      ELSE coalesce(g.stored_sent, f.sent) = coalesce(g.sent, ${fingerprintOf('g.body')})
    END AS same,
    f.place IS NOT DISTINCT FROM g.place AS fresh
  FROM standing g LEFT JOIN fresh f ON f.sender = g.sender AND f.id = g.id AND f.place <= g.place
  ORDER BY g.place`

function send(connection: Connection, messages: readonly NewMessage[], unguarded: boolean): Promise<Outcome[]> {
  const mentions = messages.flatMap(({ mentions: numbers }, index) =>
    numbers.map((number) => [index + 1, number] as const),
  )
  return connection.query<Outcome>(append, [
    messages.map(({ conversation }) => conversation),
    messages.map(({ sender }) => sender),
    messages.map(({ id }) => id),
    messages.map(({ at }) => at),
    messages.map(({ body }) => JSON.stringify(body)),
    messages.map(({ quiet }) => (quiet ? 1 : 0)),
    messages.map(({ searchable, sender }) => searchable && indexText(searchable, sender)),
    messages.map(sentOf),
    mentions.map(([place]) => place),
    mentions.map(([, number]) => number),
    unguarded ? 'true' : 'false',
  ])
}

/** Appends them in this order. Whoever is refused hurts nobody else. */
export async function appendMessages(
  connection: Connection,
  messages: readonly NewMessage[],
): Promise<{ results: AppendResult[]; wrote: boolean }> {
  const outcomes = await send(connection, messages, false)
  return { results: outcomes.map(readOutcome), wrote: outcomes.some(({ fresh }) => fresh) }
}

/** Appends one, whoever may write. @throws where its sender has used the id before. */
export async function appendEvent(
  connection: Connection,
  event: NewMessage,
): Promise<{ readonly seq: number; readonly rev: number }> {
  const [outcome] = await send(connection, [event], true)
  if (!outcome?.fresh || outcome.seq === null) throw new Error('An event has the id of another message.')
  return { seq: outcome.seq, rev: outcome.rev }
}

/** A retry is answered even after the sender lost the right to write: it says what happened then. */
function readOutcome({ conversation, gone, seq, rev, at, same, fresh, ...place }: Outcome): AppendResult {
  if (gone === null) return refuse('not_member')
  if (seq === null) return refuse(gone === 1 ? 'not_member' : 'not_writable')
  if (!same) return refuse('message_id_conflict')
  return ok({ seq, rev, at, duplicate: !fresh, audience: readAudience(conversation, place) })
}
