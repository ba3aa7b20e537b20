/** Finds messages by the index that is written with them (FTS5), from the newest span of it to the oldest. */
import type { Database } from 'bun:sqlite'
import type { MessageRow } from '@rookery/protocol'
import type { Phrase, SearchAnswer, SearchRequest } from '../../core/search-ports.ts'
import { messageAt, readMessage, type StoredMessage } from '../queries/messages.ts'
import { conversationMark, kindMark, senderMark, spanMark, spanOf, startOf } from './search-index.ts'

interface Hit {
  readonly doc: number
  readonly conversation: number
  readonly seq: number
  readonly at: number
}

interface Place {
  readonly conversation: number
  readonly from_seq: number
}

/** The index is asked for these by name; where there are more it costs less to pass over what is not wanted. */
const mostNamed = 16
/** Spans that are asked for at once, twice as many each time: what is common is in the first one, what is rare in none. */
const mostSpans = 16
/** Milliseconds after which a search says where to go on: the next one waits for it. */
const longest = 20
/** Hits between two looks at the clock. */
const hitsAtOnce = 256

export function messageSearch(db: Database): (request: SearchRequest) => SearchAnswer {
  const places = db.query<Place, [number]>(
    'SELECT conversation, from_seq FROM memberships WHERE owner = $1 AND gone = 0',
  )
  const place = db.query<Place, [number, number]>(
    'SELECT conversation, from_seq FROM memberships WHERE owner = $1 AND conversation = $2 AND gone = 0',
  )
  const message = db.query<StoredMessage, [number, number]>(messageAt)
  // FTS5 keeps a row for each document there.
  const lastDoc = db.query<{ doc: number | null }, []>('SELECT max(id) AS doc FROM found_docsize')
  const hits = db.query<Hit, [string, number]>(
    'SELECT rowid AS doc, conversation, seq, at FROM found WHERE found MATCH $1 AND rowid < $2 ORDER BY rowid DESC',
  )

  /** The conversations to look in, and from where they are for this person. */
  function findPlaces({ number, conversation }: SearchRequest): Map<number, number> {
    const found = conversation === null ? places.all(number) : place.all(number, conversation)
    return new Map(found.map((one) => [one.conversation, one.from_seq]))
  }

  return function find(request) {
    const { phrases, after, limit } = request
    const messages: MessageRow[] = []
    const wanted = findPlaces(request)
    if (wanted.size === 0 || phrases.length === 0) return { messages, next: null }
    const from = request.from ?? Number.NEGATIVE_INFINITY
    const until = request.until ?? Number.POSITIVE_INFINITY
    const deadline = performance.now() + longest
    let looked = 0
    let below = Math.min((lastDoc.get()?.doc ?? 0) + 1, after === null ? Number.MAX_SAFE_INTEGER : Number(after))
    for (let spans = 1; below > 0; spans = Math.min(spans * 2, mostSpans)) {
      const last = spanOf(below - 1)
      const first = Math.max(0, last - spans + 1)
      for (const { doc, conversation, seq, at } of hits.iterate(formatQuery(request, wanted, first, last), below)) {
        looked += 1
        if (looked % hitsAtOnce === 0 && performance.now() > deadline) return { messages, next: String(doc + 1) }
        if (at < from || at > until || seq <= (wanted.get(conversation) ?? Number.POSITIVE_INFINITY)) continue
        const row = message.get(conversation, seq)
        if (row) messages.push(readMessage(row))
        if (messages.length === limit) return { messages, next: String(doc) }
      }
      below = startOf(first)
      if (below > 0 && performance.now() > deadline) return { messages, next: String(below) }
    }
    return { messages, next: null }
  }
}

/** Tokens are letters, digits and pictures only, so that a quoted one means nothing but itself. */
function formatQuery(
  { phrases, sender, kind }: SearchRequest,
  wanted: ReadonlyMap<number, number>,
  first: number,
  last: number,
): string {
  const marks = [
    wanted.size <= mostNamed ? [...wanted.keys()].map(conversationMark) : [],
    sender === null ? [] : [senderMark(sender)],
    kind === null ? [] : [kindMark(kind)],
  ].filter((some) => some.length > 0)
  const inSpan = (_: unknown, index: number) => {
    const span = spanMark(last - index)
    const tokens = phrases.map((phrase) => `tokens : ${formatPhrase(phrase, span)}`)
    const marked = marks.map((some) => `marks : (${some.map((mark) => `"${span}${mark}"`).join(' OR ')})`)
    return `(${[...tokens, ...marked].join(' AND ')})`
  }
  return Array.from({ length: last - first + 1 }, inSpan).join(' OR ')
}

function formatPhrase({ tokens, isPrefix }: Phrase, span: string): string {
  return `"${tokens.map((token) => span + token).join(' ')}"${isPrefix ? ' *' : ''}`
}
