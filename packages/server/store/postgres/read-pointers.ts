/** How far members have read: many pointers in one statement. */
import { ok, refuse, type MembershipRow, type Result } from '@rookery/protocol'
import { memberships, readMembership, type StoredMembership } from '../queries/own-rows.ts'
import type { Connection } from './connection.ts'

export interface Pointer {
  readonly number: number
  readonly conversation: number
  readonly seq: number
}

export type PointerResult = Result<{ read_seq: number; moved: MembershipRow | null }, 'not_member'>

/** The membership as it was. */
interface Standing extends StoredMembership {
  readonly owner: number
  readonly reached: number
  /** The rev that it takes; null where it stays. */
  readonly taken: number | null
}

/** One pointer for each membership. The owners' accounts must be locked: their revs are taken here. */
const movePointers = `
  WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS g (owner, conversation, seq)
  ), standing AS (
    SELECT g.owner, g.conversation, m.read_seq AS before, least(g.seq, v.last_seq) AS reached
    FROM given g
    JOIN memberships m ON m.owner = g.owner AND m.conversation = g.conversation AND m.gone = 0
    JOIN conversations v ON v.conversation = g.conversation
  ), moving AS (
    SELECT s.owner, s.conversation, s.reached,
      a.rev + row_number() OVER (PARTITION BY s.owner ORDER BY s.conversation) AS rev
    FROM standing s JOIN accounts a ON a.number = s.owner WHERE s.reached > s.before
  ), counted AS (
    UPDATE accounts a SET rev = c.rev FROM (SELECT owner, max(rev) AS rev FROM moving GROUP BY owner) c
    WHERE a.number = c.owner
  ), moved AS (
    UPDATE memberships m SET read_seq = n.reached, rev = n.rev FROM moving n
    WHERE m.owner = n.owner AND m.conversation = n.conversation
  )
  SELECT s.owner, s.reached, n.rev AS taken, ${memberships.slice('SELECT '.length)}
  JOIN standing s ON s.owner = m.owner AND s.conversation = m.conversation
  LEFT JOIN moving n ON n.owner = s.owner AND n.conversation = s.conversation`

/** As if one came after the other; but of several for one membership only the one that ends farthest takes a rev. */
export async function moveReadPointers(
  connection: Connection,
  pointers: readonly Pointer[],
): Promise<{ results: PointerResult[]; wrote: boolean }> {
  const farthest = new Map<string, Pointer>()
  for (const pointer of pointers) {
    const key = keyOf(pointer.number, pointer.conversation)
    if (pointer.seq > (farthest.get(key)?.seq ?? -1)) farthest.set(key, pointer)
  }
  const given = [...farthest.values()]
  const rows = await connection.query<Standing>(movePointers, [
    given.map(({ number }) => number),
    given.map(({ conversation }) => conversation),
    given.map(({ seq }) => seq),
  ])
  const standings = new Map(rows.map((row) => [keyOf(row.owner, row.conversation), row]))
  const reached = new Map(rows.map((row) => [keyOf(row.owner, row.conversation), row.read_seq]))
  const results = pointers.map(({ number, conversation, seq }): PointerResult => {
    const key = keyOf(number, conversation)
    const standing = standings.get(key)
    if (!standing) return refuse('not_member')
    const before = reached.get(key) ?? 0
    const read_seq = Math.max(before, Math.min(seq, standing.reached))
    reached.set(key, read_seq)
    const { taken, reached: farthestSeq, ...row } = standing
    const isLast = taken !== null && read_seq > before && read_seq === farthestSeq
    return ok({ read_seq, moved: isLast ? readMembership({ ...row, read_seq, rev: taken }) : null })
  })
  return { results, wrote: rows.some(({ taken }) => taken !== null) }
}

function keyOf(number: number, conversation: number): string {
  return `${number} ${conversation}`
}
