/** Finds people and groups by a part of the name. */
import type { Database } from './database.ts'

interface Named {
  readonly table: string
  readonly key: string
  readonly columns: string
  readonly where: string
}

const accounts: Named = { table: 'accounts', key: 'number', columns: 'number, name, signature, avatar', where: 'true' }
const groups: Named = {
  table: 'groups',
  key: 'conversation',
  columns: 'conversation, name, members, joining',
  where: 'listed = 1 AND dissolved = 0',
}

/** Rows that are looked at one after the other: a part that so many names hold is soon found, by that alone. */
const walked = 5_000

function textsOf({ table, key, columns, where }: Named) {
  return {
    /** A number that is one of theirs too comes in its place. */
    walk: `SELECT ${columns} FROM (SELECT * FROM ${table} WHERE ${where} ORDER BY ${key} LIMIT ${walked}) n
      WHERE strpos(folded_name, $1) > 0 OR ${key}::text = $1 ORDER BY ${key} LIMIT $2`,
    /** The index knows pairs of characters that stand beside each other; which of them do so in this order, the name. */
    lookUp: `WITH found AS MATERIALIZED (
        SELECT ${columns}, folded_name FROM ${table} WHERE ${where} AND name_parts(folded_name) @> $3::text[]
      )
      SELECT ${columns} FROM (
        SELECT ${columns} FROM found WHERE strpos(folded_name, $1) > 0
        UNION SELECT ${columns} FROM ${table} WHERE ${where} AND ${key} = $4
      ) n ORDER BY ${key} LIMIT $2`,
  }
}

const texts = { accounts: textsOf(accounts), listedGroups: textsOf(groups) }

/** By number or a part of the folded name, in the order of numbers. */
export async function findByName<Row>(
  database: Database,
  kind: keyof typeof texts,
  query: string,
  limit: number,
): Promise<Row[]> {
  const { walk, lookUp } = texts[kind]
  const first = await database.read<Row>(walk, [query, limit])
  if (first.length === limit) return first
  const number = /^[1-9]\d{0,14}$/.test(query) ? Number(query) : null
  return database.read<Row>(lookUp, [query, limit, partsOf(query), number])
}

/** As `name_parts` in the schema has them, of a part of a name. */
function partsOf(query: string): string[] {
  const characters = Array.from(query)
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}
