/** Statements on one connection: how values go to PostgreSQL, and how they come back. */
import type { ReservedSQL } from 'bun'

export type Parameter = string | number | Uint8Array | null | readonly (string | number | null)[]

export interface Connection {
  /** Statements begun without waiting go together and are run in the order of calls. */
  query<Row>(text: string, values?: readonly Parameter[]): Promise<Row[]>
  /** How many rows it wrote. */
  run(text: string, values?: readonly Parameter[]): Promise<number>
}

/** @param patience milliseconds after which a server that says nothing is cut off, so that nobody waits for ever. */
export function createConnection(reserved: ReservedSQL, patience: number): Connection {
  async function send(
    text: string,
    values?: readonly Parameter[],
  ): Promise<Record<string, unknown>[] & { count: number }> {
    const timer = setTimeout(() => void reserved.close({ timeout: 0 }), patience)
    try {
      // What decision 0007 has SQLite read as `+$1` is an operator on an unknown type here.
      return await reserved.unsafe(text.replaceAll('+$', '$'), values?.map(writeValue))
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    query: async <Row>(text: string, values?: readonly Parameter[]) => {
      const rows = await send(text, values)
      for (const row of rows) readIntegers(row)
      return [...rows] as Row[]
    },
    run: async (text, values) => (await send(text, values)).count,
  }
}

/** Committed, or rolled back where the work or the commit fails; then the connection is as good as before, or gone. */
export async function inTransaction<Value>(
  connection: Connection,
  work: () => Promise<Value>,
  begin = 'BEGIN',
): Promise<Value> {
  await connection.run(begin)
  try {
    const value = await work()
    await connection.run('COMMIT')
    return value
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => null)
    throw error
  }
}

/** Numbers go as text without a type, so that a statement is prepared once and not for each width of integers. */
function writeValue(value: Parameter): string | Uint8Array | null {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return withoutNul(value)
  return Array.isArray(value) ? `{${value.map(writeElement).join()}}` : (value as Uint8Array | null)
}

function writeElement(element: string | number | null): string {
  if (element === null) return 'NULL'
  return typeof element === 'number'
    ? String(element)
    : `"${withoutNul(element).replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/**
 * No text that is stored has a NUL: PostgreSQL has none. Whatever somebody types to look for may: it goes as the sign for
 * what is no character, which half a surrogate pair becomes too.
 */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}

/** PostgreSQL's bigint comes as text. None of these passes what a number holds exactly. */
const integers = new Set(
  `number peer owner sender low high conversation seq rev at read_seq last_seq txid count unread mentioned place legacy
   from_seq pinned_at silenced_until edited_at version doc reached taken created_at seen_at expires_at failures until
   step codes counter used_at last_seen expires done schema xid txid_offset before`.split(/\s+/),
)

function readIntegers(row: Record<string, unknown>): void {
  for (const column of Object.keys(row)) {
    const value = row[column]
    if (typeof value === 'string' && integers.has(column)) row[column] = Number(value)
  }
}
