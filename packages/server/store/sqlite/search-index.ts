/** What messages are found by (FTS5), a document for each. */
import type { Database } from 'bun:sqlite'
import type { Searchable } from '../../core/search-ports.ts'

export interface Document {
  readonly doc: number
  readonly conversation: number
  readonly seq: number
  readonly sender: number
  readonly at: number
}

export function searchIndex(db: Database) {
  const insert = db.query(
    'INSERT INTO found (rowid, tokens, marks, conversation, seq, at) VALUES ($1, $2, $3, $4, $5, $6)',
  )
  const remove = db.query('DELETE FROM found WHERE rowid = $1')
  return {
    /** The place must be free. */
    add({ doc, conversation, seq, sender, at }: Document, { words, kind }: Searchable): void {
      insert.run(doc, words, `c${conversation} s${sender} k${kind}`, conversation, seq, at)
    },
    remove: (doc: number) => void remove.run(doc),
  }
}
