/** Finds messages by the index that is written with them (FTS5). */
import type { Database } from 'bun:sqlite'
import type { MessageRow } from '@rookery/protocol'
import type { Phrase, SearchRequest, SearchStore } from '../../core/search-ports.ts'
import { headsOf, type MemberHead } from '../queries/conversations.ts'
import { messageAt, readMessage, type StoredMessage } from '../queries/messages.ts'

interface Hit {
  readonly doc: number
  readonly conversation: number
  readonly seq: number
  readonly at: number
}

/** The index is asked for these by name; where there are more it costs less to pass over what is not wanted. */
const mostNamed = 16
const hitsAtOnce = 200
/** Hits that one search looks at: what follows is found by the next, and nobody else waits for long. */
const mostHits = 10_000

export function searchReads(db: Database): SearchStore {
  const heads = db.query<MemberHead, [number]>(headsOf)
  const message = db.query<StoredMessage, [number, number]>(messageAt)
  const hits = db.query<Hit, [string, number, number]>(
    `SELECT rowid AS doc, conversation, seq, at FROM found
     WHERE found MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3`,
  )

  /** The conversations to look in, and from where they are for this person. */
  function findPlaces({ number, conversation }: SearchRequest): Map<number, number> {
    const wanted = heads.all(number).filter((head) => conversation === null || head.conversation === conversation)
    return new Map(wanted.map((head) => [head.conversation, head.from_seq]))
  }

  return {
    async find(request) {
      const { phrases, after, limit } = request
      const messages: MessageRow[] = []
      const places = findPlaces(request)
      if (places.size === 0 || phrases.length === 0) return { messages, next: null }
      const query = formatQuery(request, [...places.keys()])
      const from = request.from ?? Number.NEGATIVE_INFINITY
      const until = request.until ?? Number.POSITIVE_INFINITY
      let below = after === null ? Number.MAX_SAFE_INTEGER : Number(after)
      for (let looked = 0; looked < mostHits; looked += hitsAtOnce) {
        const found = hits.all(query, below, hitsAtOnce)
        for (const { doc, conversation, seq, at } of found) {
          below = doc
          if (at < from || at > until || seq <= (places.get(conversation) ?? Number.POSITIVE_INFINITY)) continue
          const row = message.get(conversation, seq)
          if (row) messages.push(readMessage(row))
          if (messages.length === limit) return { messages, next: String(doc) }
        }
        if (found.length < hitsAtOnce) return { messages, next: null }
      }
      return { messages, next: String(below) }
    },
  }
}

/** Tokens are letters, digits and pictures only, so that a quoted one means nothing but itself. */
function formatQuery({ phrases, sender, kind }: SearchRequest, conversations: readonly number[]): string {
  const marks = [
    conversations.length <= mostNamed ? conversations.map((conversation) => `c${conversation}`).join(' OR ') : '',
    sender === null ? '' : `s${sender}`,
    kind === null ? '' : `k${kind}`,
  ].filter((mark) => mark !== '')
  return [`tokens : (${phrases.map(formatPhrase).join(' AND ')})`, ...marks.map((mark) => `marks : (${mark})`)].join(
    ' AND ',
  )
}

function formatPhrase({ tokens, isPrefix }: Phrase): string {
  return `"${tokens.join(' ')}"${isPrefix ? ' *' : ''}`
}
