/** The log of each conversation. */
import type { Database } from 'bun:sqlite'
import { ok, refuse, type MessageRow } from '@rookery/protocol'
import type { Appended, MessageStore, NewMessage } from '../../core/ports.ts'
import { messageColumns, pageAbove, pageBelow } from '../queries/messages.ts'
import type { Transactions } from './transactions.ts'

interface StoredMessage extends Omit<MessageRow, 'id' | 'body'> {
  readonly id: Uint8Array
  readonly body: string
}

export function messageReads(db: Database): Pick<MessageStore, 'page'> {
  const below = db.query<StoredMessage, [number, number, number]>(pageBelow)
  const above = db.query<StoredMessage, [number, number, number]>(pageAbove)
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

/** The newest of one conversation, in falling order of seq, each with its last transaction. */
export function newestMessages(db: Database) {
  const newest = db.query<StoredMessage & { txid: number }, [number, number]>(
    `SELECT ${messageColumns}, txid FROM messages WHERE conversation = +$1 ORDER BY seq DESC LIMIT +$2`,
  )
  return (conversation: number, limit: number) =>
    newest.all(conversation, limit).map((row) => ({ row: wireMessage(row), txid: row.txid }))
}

export function messageWrites(db: Database, transactions: Transactions) {
  const guard = db.query<
    { writable: number; last_seq: number; rev: number; low: number; high: number },
    [number, number]
  >(
    `SELECT m.writable, v.last_seq, v.rev, v.low, v.high
     FROM memberships m JOIN conversations v ON v.conversation = m.conversation
     WHERE m.owner = +$1 AND m.conversation = +$2`,
  )
  const insert = db.query(
    `INSERT INTO messages (${messageColumns}, txid) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (sender, id) DO NOTHING`,
  )
  const advance = db.query('UPDATE conversations SET last_seq = $1, rev = $2, txid = $3 WHERE conversation = $4')
  const byId = db.query<StoredMessage, [number, Uint8Array]>(
    `SELECT ${messageColumns} FROM messages WHERE sender = $1 AND id = $2`,
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
        const txid = transactions.current()
        if (insert.run(conversation, seq, rev, key, sender, at, text, txid).changes > 0) {
          advance.run(seq, rev, txid, conversation)
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
  const { conversation, seq, rev, id, sender, at, body } = row
  return { conversation, seq, rev, id: formatId(id), sender, at, body: JSON.parse(body) as MessageRow['body'] }
}

function parseId(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

function formatId(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
