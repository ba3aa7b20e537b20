/**
 * Finds messages. What is common is soon found by walking back from the newest, where the index would name hundreds of
 * thousands; what is rare is looked up in the index. How common it is, the newest texts tell.
 */
import type { MessageRow } from '@rookery/protocol'
import type { SearchRequest, SearchStore } from '../../core/search-ports.ts'
import { messageColumns, readMessage } from '../queries/messages.ts'
import type { Reads } from './database.ts'
import type { StoredMessage } from './messages.ts'
import { indexQuery, lexemes, loosePatternsOf, needleOf, patternsOf } from './search-text.ts'

/** Texts that are looked at to tell how common something is. */
const sampled = 2_000
/** What is expected to be in more texts than this is not looked up in the index. */
const mostLookedUp = 5_000
/** Somebody's texts, if they are no more, are all looked at. */
const mostRead = 20_000
/** Texts that a walk looks at, one after the other: what follows is found by the next search, and nobody else waits long. */
const walks = { short: 1_000, long: 30_000 } as const

const newest = 'SELECT coalesce(max(doc), 0) AS doc FROM found'
const matching = `SELECT count(*) AS count FROM (SELECT tokens FROM found WHERE doc < $1 ORDER BY doc DESC LIMIT $2) f
  WHERE tokens LIKE ALL ($3::text[])`
const sizeOf = `SELECT coalesce(sum(v.last_seq - m.from_seq), 0) AS count
  FROM memberships m JOIN conversations v ON v.conversation = m.conversation WHERE m.owner = $1 AND m.gone = 0`

/** A membership is asked for last, of what holds the texts. */
const wanted = `strpos(f.tokens, $2) > 0 AND f.tokens LIKE ALL ($3::text[])
  AND f.at >= coalesce($4::bigint, f.at) AND f.at <= coalesce($5::bigint, f.at)
  AND f.seq > (SELECT m.from_seq FROM memberships m
    WHERE m.owner = $1 AND m.conversation = f.conversation AND m.gone = 0)`

/** The messages of the newest of these that are wanted. */
function messagesOf(texts: string): string {
  return `SELECT f.doc, ${messageColumns.replaceAll(/\w+/g, 's.$&')}
    FROM (SELECT f.doc, f.conversation, f.seq FROM (${texts}) f WHERE ${wanted} ORDER BY f.doc DESC LIMIT $7) f
    JOIN messages s ON s.conversation = f.conversation AND s.seq = f.seq
    ORDER BY f.doc DESC`
}

/** Looked up first, compared then, whatever the planner thinks of it: so says OFFSET 0. */
const inIndex = (where: string) =>
  messagesOf(`SELECT * FROM found WHERE ${lexemes} @@ $8::tsquery AND doc < $6 ${where} OFFSET 0`)
const inOwn = messagesOf(
  `SELECT f.* FROM memberships o
   CROSS JOIN LATERAL (SELECT * FROM found WHERE conversation = o.conversation AND doc < $6 OFFSET 0) f
   WHERE o.owner = $1 AND o.gone = 0`,
)
/**
 * Its limit keeps it a walk, which ends as soon as there is enough. Where there is not, `reached` is the last text that
 * was walked past, by the same statement: nothing that is taken back meanwhile moves it. Null where there were fewer.
 */
function onWalk(length: number, where: string): string {
  const texts = `FROM found WHERE doc < $6 ${where} ORDER BY doc DESC`
  return `WITH hits AS MATERIALIZED (${messagesOf(`SELECT * ${texts} LIMIT ${length}`)})
    SELECT h.*, CASE WHEN (SELECT count(*) FROM hits) < $7
      THEN (SELECT doc ${texts} OFFSET ${length - 1} LIMIT 1) END AS reached
    FROM (SELECT 1) always LEFT JOIN hits h ON true ORDER BY h.doc DESC`
}

const everywhere = textsFor('', '')
const inOne = textsFor('AND conversation = $8::bigint', 'AND conversation = $9::bigint')

function textsFor(where: string, afterQuery: string) {
  return { short: onWalk(walks.short, where), long: onWalk(walks.long, where), lookUp: inIndex(afterQuery) }
}

type Hit = StoredMessage & { readonly doc: number }
/** One row without a hit where there was none. */
type Walked = (Hit | { readonly doc: null }) & { readonly reached: number | null }

export function searchReads(database: Reads): SearchStore {
  const readDoc = async (text: string, values: readonly number[] = []) =>
    (await database.read<{ doc: number }>(text, values))[0]?.doc ?? 0
  const readCount = async (text: string, values: Parameters<Reads['read']>[1]) =>
    (await database.read<{ count: number }>(text, values))[0]?.count ?? 0

  async function isRare(request: SearchRequest, below: number): Promise<boolean> {
    const count = await readCount(matching, [below, sampled, loosePatternsOf(request)])
    return (count * below) / sampled <= mostLookedUp
  }

  return {
    async find(request) {
      const { number, conversation, phrases, from, until, after, limit } = request
      if (phrases.length === 0) return { messages: [], next: null }
      const texts = conversation === null ? everywhere : inOne
      const place = conversation === null ? [] : [conversation]
      const asked = [number, needleOf(request), patternsOf(request), from, until] as const
      const found: Hit[] = []
      let below = Math.min((await readDoc(newest)) + 1, after === null ? Number.MAX_SAFE_INTEGER : Number(after))

      const read = <Row>(text: string, rest: readonly (string | number)[]) =>
        database.read<Row>(text, [...asked, below, limit - found.length, ...rest])
      async function takeAll(text: string, rest: readonly (string | number)[]): Promise<void> {
        found.push(...(await read<Hit>(text, rest)))
        below = 0
      }
      async function walk(which: keyof typeof walks): Promise<void> {
        const rows = await read<Walked>(texts[which], place)
        found.push(...rows.filter((row) => row.doc !== null))
        below = rows[0]?.reached ?? 0
      }

      await walk(conversation === null ? 'short' : 'long')
      if (found.length < limit && below > 0) {
        if (await isRare(request, below)) await takeAll(texts.lookUp, [indexQuery(request), ...place])
        else if (conversation === null)
          await ((await readCount(sizeOf, [number])) <= mostRead ? takeAll(inOwn, []) : walk('long'))
      }
      return page(found, limit, below > 0 ? below : null)
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
