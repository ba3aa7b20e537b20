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

/**
 * Every token begins with its document's span, so that each span is an index of its own: the beginning of a common word
 * costs what is looked through until there is enough, and not what the whole index has of it.
 */
const spanLength = 65_536

export const spanOf = (doc: number) => Math.floor(doc / spanLength)

/** The first document of a span. */
export const startOf = (span: number) => span * spanLength

/** One character, which no token of another span begins with; whatever is not ASCII is a letter to FTS5's tokenizer. */
export function spanMark(span: number): string {
  const code = 0x80 + span
  return String.fromCodePoint(code < surrogates.from ? code : code + surrogates.count)
}

const surrogates = { from: 0xd800, count: 0x800 } as const

export const conversationMark = (conversation: number) => `c${conversation}`
export const senderMark = (sender: number) => `s${sender}`
export const kindMark = (kind: Searchable['kind']) => `k${kind}`

export function searchIndex(db: Database) {
  const insert = db.query(
    'INSERT INTO found (rowid, tokens, marks, conversation, seq, at) VALUES ($1, $2, $3, $4, $5, $6)',
  )
  const remove = db.query('DELETE FROM found WHERE rowid = $1')
  return {
    /** The place must be free. */
    add({ doc, conversation, seq, sender, at }: Document, { words, kind }: Searchable): void {
      const mark = spanMark(spanOf(doc))
      const tokens = words === '' ? '' : mark + words.replaceAll(' ', ` ${mark}`)
      const marks = `${mark}${conversationMark(conversation)} ${mark}${senderMark(sender)} ${mark}${kindMark(kind)}`
      insert.run(doc, tokens, marks, conversation, seq, at)
    },
    remove: (doc: number) => void remove.run(doc),
  }
}
