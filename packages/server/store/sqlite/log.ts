/** Writes messages, and what they are found by, with their conversation's next numbers. */
import type { Database } from 'bun:sqlite'
import type { MessageRow } from '@rookery/protocol'
import type { MessageChange, NewMessage } from '../../core/log-ports.ts'
import type { Standing } from '../queries/conversations.ts'
import { keepSent, parseId, renewMessage, sentOf, type SentMessage } from '../queries/messages.ts'
import { searchIndex } from './search-index.ts'
import type { Transactions } from './transactions.ts'

type Numbers = Pick<Standing, 'last_seq' | 'rev'>

interface Kept extends Pick<SentMessage, 'body' | 'edited_at' | 'sent'> {
  readonly quiet: number
  readonly doc: number
}

export function createLog(db: Database, transactions: Transactions) {
  const insert = db.query(
    `INSERT INTO messages (conversation, seq, rev, id, sender, at, body, txid, quiet, doc, sent)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (sender, id) DO NOTHING`,
  )
  const update = db.query(
    `UPDATE messages SET rev = $1, txid = $2, body = $3, edited_at = $4, reactions = $5, quiet = $6, doc = $7, sent = $8,
       changed = 1
     WHERE conversation = $9 AND seq = $10`,
  )
  const advance = db.query('UPDATE conversations SET last_seq = $1, rev = $2, txid = $3 WHERE conversation = $4')
  const numbers = db.query<Numbers, [number]>('SELECT last_seq, rev FROM conversations WHERE conversation = $1')
  const mention = db.query('INSERT OR IGNORE INTO mentions (conversation, number, seq) VALUES ($1, $2, $3)')
  const forgetMentions = db.query('DELETE FROM mentions WHERE conversation = $1 AND seq = $2')
  const kept = db.query<Kept, [number, number]>(
    'SELECT quiet, doc, body, edited_at, sent FROM messages WHERE conversation = $1 AND seq = $2',
  )
  const index = searchIndex(db)
  // FTS5 keeps a row for each document there, in a table of its own: the newest is found at once.
  const lastDoc = db.query<{ doc: number | null }, []>('SELECT max(id) AS doc FROM found_docsize')
  let newest = { txid: 0, doc: 0 }

  /** Read once in a transaction: a command beside the server may have written before it. */
  function takeDoc(txid: number): number {
    const doc = newest.txid === txid ? newest.doc : (lastDoc.get()?.doc ?? 0)
    newest = { txid, doc: doc + 1 }
    return newest.doc
  }

  return {
    /** Null where the sender has used the id before: then nothing is written. */
    append(message: NewMessage, { last_seq, rev: before }: Numbers): { seq: number; rev: number } | null {
      const { conversation, sender, id, at, body, quiet, mentions, searchable } = message
      const [seq, rev, txid] = [last_seq + 1, before + 1, transactions.current()]
      const doc = searchable ? takeDoc(txid) : 0
      const values = [conversation, seq, rev, parseId(id), sender, at, JSON.stringify(body), txid, quiet ? 1 : 0, doc]
      if (insert.run(...values, sentOf(message)).changes === 0) return null
      if (searchable) index.add({ doc, conversation, seq, sender, at }, searchable)
      for (const number of mentions) mention.run(conversation, number, seq)
      advance.run(seq, rev, txid, conversation)
      return { seq, rev }
    },
    rewrite(row: MessageRow, change: MessageChange): MessageRow {
      const { conversation, seq, sender, at } = row
      const { content } = change
      const stored = numbers.get(conversation)
      const known = kept.get(conversation, seq)
      if (!stored || !known) throw new Error('A message to change vanished.')
      const [rev, txid] = [stored.rev + 1, transactions.current()]
      const next = renewMessage(row, rev, change)
      let { quiet, doc } = known
      if (content) {
        quiet = content.quiet ? 1 : 0
        if (doc > 0) index.remove(doc)
        // In its old place: a search shows messages in the order of their sending.
        doc = content.searchable ? doc || takeDoc(txid) : 0
        if (content.searchable) index.add({ doc, conversation, seq, sender, at }, content.searchable)
        forgetMentions.run(conversation, seq)
        for (const number of content.mentions) mention.run(conversation, number, seq)
      }
      const reacted = next.reactions ? JSON.stringify(next.reactions) : null
      const [body, edited_at, sent] = [JSON.stringify(next.body), next.edited_at ?? null, keepSent(known, change)]
      update.run(rev, txid, body, edited_at, reacted, quiet, doc, sent, conversation, seq)
      advance.run(stored.last_seq, rev, txid, conversation)
      return next
    },
  }
}

export type Log = ReturnType<typeof createLog>
