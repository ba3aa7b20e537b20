/**
 * Finds messages. What is rare is looked up in the index; what is common is soon found by walking back from the newest,
 * where the index would name hundreds of thousands. How common it is, the newest texts tell.
 */
import type { MessageRow } from '@rookery/protocol'
import type { SearchRequest, SearchStore } from '../../core/search-ports.ts'
import { headsOf, type MemberHead } from '../queries/conversations.ts'
import { messageColumns, readMessage } from '../queries/messages.ts'
import type { Database } from './database.ts'
import type { StoredMessage } from './messages.ts'
import { indexQuery, lexemes, loosePatternsOf, patternsOf } from './search-text.ts'

/** Texts that are looked at to tell how common something is. */
const sampled = 2_000
/** What is expected to be in more texts than this is not looked up in the index. */
const mostLookedUp = 20_000
/** Somebody's texts, if they are no more, are all looked at. */
const mostRead = 20_000
/** Texts that a walk looks at, one after the other: what follows is found by the next search, and nobody else waits long. */
const walks = [2_000, 50_000] as const

const newest = 'SELECT coalesce(max(doc), 0) AS doc FROM found'
const matching = `SELECT count(*) AS count FROM (SELECT tokens FROM found WHERE doc < $1 ORDER BY doc DESC LIMIT $2) f
  WHERE tokens LIKE ALL ($3::text[])`
/** The last one of so many of a conversation, below a place; none where there are fewer. */
const endOfWalk = `SELECT doc FROM found WHERE conversation = $1 AND doc < $2 ORDER BY doc DESC OFFSET $3 LIMIT 1`

const own = 'unnest($1::bigint[], $2::bigint[]) AS o (conversation, from_seq)'
const wanted = `f.seq > o.from_seq AND f.tokens LIKE ALL ($3::text[])
  AND f.at >= coalesce($4::bigint, f.at) AND f.at <= coalesce($5::bigint, f.at)`

/** The messages of the newest hits. */
function messagesOf(hits: string, limit: string): string {
  return `SELECT f.doc, ${messageColumns.replaceAll(/\w+/g, 's.$&')}
    FROM (SELECT doc, conversation, seq FROM (${hits}) f ORDER BY doc DESC LIMIT ${limit}) f
    JOIN messages s ON s.conversation = f.conversation AND s.seq = f.seq
    ORDER BY f.doc DESC`
}

/** Looked up first, compared then, whatever the planner thinks of it. */
const inIndex = `WITH candidates AS MATERIALIZED (SELECT * FROM found WHERE ${lexemes} @@ $8::tsquery AND doc < $6)
  ${messagesOf(`SELECT f.* FROM candidates f JOIN ${own} ON o.conversation = f.conversation WHERE ${wanted}`, '$7')}`
const inOwn = messagesOf(
  `SELECT f.* FROM ${own} CROSS JOIN LATERAL (
     SELECT * FROM found f WHERE f.conversation = o.conversation AND f.doc < $6 AND ${wanted} OFFSET 0
   ) f`,
  '$7',
)
const onWalk = messagesOf(
  `SELECT f.* FROM (SELECT * FROM found WHERE doc < $6 AND doc >= $8 ORDER BY doc DESC OFFSET 0) f
   JOIN ${own} ON o.conversation = f.conversation WHERE ${wanted}`,
  '$7',
)
const onWalkIn = messagesOf(
  `SELECT f.* FROM ${own} JOIN found f ON f.conversation = o.conversation AND f.doc < $6 AND f.doc >= $8 WHERE ${wanted}`,
  '$7',
)

type Hit = StoredMessage & { readonly doc: number }

export function searchReads(database: Database): SearchStore {
  const readDoc = async (text: string, values: readonly number[] = []) =>
    (await database.read<{ doc: number }>(text, values))[0]?.doc ?? 0

  async function readOwn({ number, conversation }: SearchRequest): Promise<MemberHead[]> {
    const heads = await database.read<MemberHead>(headsOf, [number])
    return heads.filter((head) => conversation === null || head.conversation === conversation)
  }

  async function isRare(request: SearchRequest, below: number): Promise<boolean> {
    const values = [below, sampled, loosePatternsOf(request)]
    const count = (await database.read<{ count: number }>(matching, values))[0]?.count ?? 0
    return (count * below) / sampled <= mostLookedUp
  }

  return {
    async find(request) {
      const { conversation, phrases, from, until, after, limit } = request
      if (phrases.length === 0) return { messages: [], next: null }
      const [heads, last] = await Promise.all([readOwn(request), readDoc(newest)])
      if (heads.length === 0) return { messages: [], next: null }
      let below = Math.min(last + 1, after === null ? last + 1 : Number(after))
      const scope = [
        heads.map((head) => head.conversation),
        heads.map((head) => head.from_seq),
        patternsOf(request),
        from,
        until,
      ] as const
      const size = heads.reduce((sum, { last_seq, from_seq }) => sum + last_seq - from_seq, 0)
      if (await isRare(request, below))
        return page(await database.read<Hit>(inIndex, [...scope, below, limit, indexQuery(request)]), limit, null)
      if (size <= mostRead) return page(await database.read<Hit>(inOwn, [...scope, below, limit]), limit, null)
      const messages: Hit[] = []
      for (const length of walks) {
        // Places have few gaps, but for those in one conversation.
        const end = conversation === null ? below - length : await readDoc(endOfWalk, [conversation, below, length])
        const walk = conversation === null ? onWalk : onWalkIn
        messages.push(...(await database.read<Hit>(walk, [...scope, below, limit - messages.length, end])))
        if (messages.length >= limit || end <= 0) return page(messages, limit, null)
        below = end
      }
      return page(messages, limit, below)
    },
  }
}

/** @param reached the place to go on below where the page is not full; null where there is no more. */
function page(
  hits: readonly Hit[],
  limit: number,
  reached: number | null,
): { messages: MessageRow[]; next: string | null } {
  const last = hits.length >= limit ? (hits.at(-1)?.doc ?? null) : reached
  return { messages: hits.map(readMessage), next: last === null ? null : String(last) }
}
