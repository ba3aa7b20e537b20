/** The log of each conversation. */
import type { Database } from 'bun:sqlite'
import { ok, refuse, type MessageRow } from '@rookery/protocol'
import type { Appended, MessageStore, NewMessage } from '../../core/ports.ts'

interface StoredMessage extends Omit<MessageRow, 'id' | 'body'> {
  readonly id: Uint8Array
  readonly body: string
}

const columns = 'conversation, seq, rev, id, sender, at, body'

export function messageReads(db: Database): Pick<MessageStore, 'page'> {
  const below = db.query<StoredMessage, [number, number, number]>(
    `SELECT ${columns} FROM messages WHERE conversation = +$1 AND seq < +$2 ORDER BY seq DESC LIMIT +$3`,
  )
  const above = db.query<StoredMessage, [number, number, number]>(
    `SELECT ${columns} FROM messages WHERE conversation = +$1 AND seq > +$2 ORDER BY seq LIMIT +$3`,
  )
  return {
    async page({ conversation, before, after, limit }) {
      if (after !== undefined) return above.all(conversation, after, limit).map(wireMessage)
      return below
        .all(conversation, before ?? Number.MAX_SAFE_INTEGER, limit)
        .reverse()
        .map(wireMessage)
    },
  }
}

/** The newest messages that changed after `rev`, in order of seq. */
export function messagesAfterRev(db: Database) {
  // So far only sends change a conversation, so a message's rev is its seq, and the clustered index serves.
  const newest = db.query<StoredMessage, [number, number, number]>(
    `SELECT ${columns} FROM messages WHERE conversation = +$1 AND seq > +$2 ORDER BY seq DESC LIMIT +$3`,
  )
  return (conversation: number, rev: number, limit: number): MessageRow[] =>
    newest.all(conversation, rev, limit).reverse().map(wireMessage)
}

export function messageWrites(db: Database) {
  const guard = db.query<
    { writable: number; last_seq: number; rev: number; low: number; high: number },
    [number, number]
  >(
    `SELECT m.writable, v.last_seq, v.rev, v.low, v.high
     FROM memberships m JOIN conversations v ON v.conversation = m.conversation
     WHERE m.owner = +$1 AND m.conversation = +$2`,
  )
  const insert = db.query(
    `INSERT INTO messages (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (sender, id) DO NOTHING`,
  )
  const advance = db.query('UPDATE conversations SET last_seq = $1, rev = $2 WHERE conversation = $3')
  const byId = db.query<StoredMessage, [number, Uint8Array]>(
    `SELECT ${columns} FROM messages WHERE sender = $1 AND id = $2`,
  )

  return {
    appendMessage({ conversation, sender, id, body, at }: NewMessage) {
      const standing = guard.get(sender, conversation)
      if (!standing) return refuse('not_member')
      const { low, high } = standing
      const members = low === high ? [low] : [low, high]
      const key = parseId(id)
      const text = JSON.stringify(body)
      if (standing.writable === 1) {
        const seq = standing.last_seq + 1
        const rev = standing.rev + 1
        if (insert.run(conversation, seq, rev, key, sender, at, text).changes > 0) {
          advance.run(seq, rev, conversation)
          return ok<Appended>({ seq, rev, at, duplicate: false, members })
        }
      }
      // A retry is answered even after the sender lost the right to write: it says what happened then.
      const stored = byId.get(sender, key)
      if (!stored) return refuse('not_writable')
      if (stored.conversation !== conversation || stored.body !== text) return refuse('message_id_conflict')
      return ok<Appended>({ seq: stored.seq, rev: stored.rev, at: stored.at, duplicate: true, members })
    },
  }
}

function wireMessage(row: StoredMessage): MessageRow {
  return { ...row, id: formatId(row.id), body: JSON.parse(row.body) as MessageRow['body'] }
}

function parseId(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

function formatId(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
