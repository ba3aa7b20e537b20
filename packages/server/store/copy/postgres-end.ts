/** A PostgreSQL database as one side of a copy. */
import { SQL, type ReservedSQL } from 'bun'
import { seenTxid } from '../postgres/history.ts'
import { prepare } from '../postgres/opening.ts'
import { indexText } from '../postgres/search-text.ts'
import { reachedQuery, type History, type SearchableOf, type Source, type Target } from './end.ts'
import {
  messages,
  readMessage,
  type CopiedMessage,
  type ColumnType,
  type Row,
  type Table,
  type Value,
} from './tables.ts'

/** Of servers that may be running. @throws in one line where it cannot be had. */
export async function openPostgresSource(url: string): Promise<Source> {
  await prepare(url)
  const { sql, connection, close } = await connect(url)
  await connection.unsafe('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  return { ...readsOf(connection, sql), close }
}

/** @throws in one line where it cannot be had, or while a server runs on it. */
export async function openPostgresTarget(url: string, searchableOf: SearchableOf): Promise<Target> {
  await prepare(url)
  const { sql, connection, close } = await connect(url)
  const [servers] = await connection.unsafe(
    `SELECT count(*)::integer AS count FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'rookery'`,
  )
  if (servers.count > 0) {
    await close()
    throw new Error('a server is running on it: stop it first')
  }
  return {
    ...readsOf(connection, sql),
    async change(table, removed, put) {
      const isIndexed = table.name === messages
      await connection.unsafe('BEGIN')
      if (isIndexed) await removeFromIndex(connection, [...removed, ...put])
      if (removed.length > 0)
        await connection.unsafe(removal(table), arraysOf(table.columns.slice(0, table.key), removed))
      if (put.length > 0) await connection.unsafe(upsert(table), arraysOf(table.columns, put))
      if (isIndexed) {
        const copied = put.map((row) => readMessage(table, row))
        await addToIndex(connection, copied, searchableOf)
      }
      await connection.unsafe('COMMIT')
    },
    async adopt({ epoch, txid, next_number }) {
      // Without its place it is at home wherever it is opened next, and goes on from there.
      const settings = { epoch, txid: String(txid), adopt: '1', ...(next_number !== null && { next_number }) }
      await connection.unsafe('BEGIN')
      await connection.unsafe(`DELETE FROM meta WHERE key = 'place'`)
      for (const [key, value] of Object.entries(settings))
        await connection.unsafe(
          'INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          [key, value],
        )
      await connection.unsafe(
        `SELECT setval(pg_get_serial_sequence('conversations', 'conversation'),
           (SELECT coalesce(max(conversation), 0) + 1 FROM conversations), false)`,
      )
      await connection.unsafe(`SELECT setval('docs', (SELECT coalesce(max(doc), 0) + 1 FROM messages), false)`)
      await connection.unsafe('COMMIT')
      await connection.unsafe(`SELECT gin_clean_pending_list('found_by_token')`)
      await connection.unsafe('ANALYZE')
    },
    close,
  }
}

/** Of a copy that was made before, a place in the index may be another message's now. */
async function removeFromIndex(connection: ReservedSQL, keys: readonly Row[]): Promise<void> {
  await connection.unsafe(
    `DELETE FROM found f USING unnest($1::text[], $2::text[]) AS k (conversation, seq), messages s
     WHERE s.conversation = k.conversation::bigint AND s.seq = k.seq::bigint
       AND f.doc = s.doc AND f.conversation = s.conversation AND f.seq = s.seq`,
    [0, 1].map((column) => listOf(keys.map((key) => key[column] ?? null))),
  )
}

async function addToIndex(
  connection: ReservedSQL,
  rows: readonly CopiedMessage[],
  searchableOf: SearchableOf,
): Promise<void> {
  const found = rows.flatMap(({ doc, conversation, seq, sender, at, body }) => {
    const searchable = doc > 0 ? searchableOf(body) : null
    return searchable ? [[doc, conversation, seq, at, indexText(searchable, sender)]] : []
  })
  await connection.unsafe(
    `INSERT INTO found (doc, conversation, seq, at, tokens)
     SELECT doc::bigint, conversation::bigint, seq::bigint, at::bigint, tokens
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS g (doc, conversation, seq, at, tokens)
     ON CONFLICT (doc) DO UPDATE
     SET conversation = excluded.conversation, seq = excluded.seq, at = excluded.at, tokens = excluded.tokens`,
    [0, 1, 2, 3, 4].map((column) => listOf(found.map((row) => row[column] ?? null))),
  )
}

async function connect(url: string) {
  const sql = new SQL(url, { max: 1, adapter: 'postgres', connection: { application_name: 'rookery migrate' } })
  const connection = await sql.reserve()
  return {
    sql,
    connection,
    async close() {
      await connection.release()
      await sql.close({ timeout: 1 })
    },
  }
}

function readsOf(connection: ReservedSQL, { options }: SQL): Pick<Source, 'name' | 'history' | 'read'> {
  const { hostname, port, database } = options as { hostname?: string; port?: number; database?: string }
  return {
    name: `postgres://${hostname}:${port}/${database}`,
    async history(): Promise<History | null> {
      const stored: { key: string; value: string }[] = await connection.unsafe('SELECT key, value FROM meta')
      const meta = new Map(stored.map(({ key, value }) => [key, value]))
      const epoch = meta.get('epoch')
      if (epoch === undefined) return null
      const [seen] = await connection.unsafe(`SELECT ${seenTxid} AS txid`)
      const [rows] = await connection.unsafe(reachedQuery)
      const reached = { txid: Number(rows.txid), revs: Number(rows.revs) }
      const txid = Math.max(Number(seen.txid), reached.txid)
      return { epoch, txid, next_number: meta.get('next_number') ?? null, reached }
    },
    async read(table, after, upTo, limit) {
      const columns = table.columns.slice(0, table.key)
      const key = columns.map(orderOf).join()
      const from = (first: number) => columns.map(([, type], index) => readersOf[type](`$${first + index}`)).join()
      const where = [
        ...(after ? [`(${key}) > (${from(1)})`] : []),
        ...(upTo ? [`(${key}) <= (${from(after ? 1 + table.key : 1)})`] : []),
      ]
      // Named apart from the columns, which the order must mean.
      const sql = `SELECT ${table.columns.map(([name, type], index) => `${writersOf[type](name)} AS c${index}`).join()}
        FROM ${table.name} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${key} LIMIT ${limit}`
      const bound = [after, upTo].flatMap((place) => place?.slice(0, table.key).map(String) ?? [])
      const rows: Record<string, Value>[] = await connection.unsafe(sql, bound)
      return rows.map((row) =>
        table.columns.map(([, type], index) => {
          const value = row[`c${index}`] ?? null
          return type === 'integer' && value !== null ? Number(value) : value
        }),
      )
    },
  }
}

/** From the text of a value to what the column holds, and back. */
const readersOf: Record<ColumnType, (text: string) => string> = {
  integer: (text) => `${text}::text::bigint`,
  text: (text) => `${text}::text`,
  bytes: (text) => `decode(${text}::text, 'hex')`,
  id: (text) => `${text}::text::uuid`,
}
const writersOf: Record<ColumnType, (column: string) => string> = {
  integer: (column) => `${column}::text`,
  text: (column) => column,
  bytes: (column) => `encode(${column}, 'hex')`,
  id: (column) => `replace(${column}::text, '-', '')`,
}

/** Letter by letter, as SQLite orders text. */
function orderOf([name, type]: Table['columns'][number]): string {
  return type === 'text' ? `${name} COLLATE "C"` : name
}

const names = (columns: Table['columns']) => columns.map(([name]) => name).join()

/** All values of a column as one array of texts: one statement for any number of rows. */
function rowsFrom(columns: Table['columns']): string {
  const lists = columns.map((_, index) => `$${index + 1}::text[]`)
  const values = columns.map(([name, type]) => readersOf[type](name))
  return `SELECT ${values.join()} FROM unnest(${lists.join()}) AS given (${names(columns)})`
}

function removal(table: Table): string {
  const columns = table.columns.slice(0, table.key)
  return `DELETE FROM ${table.name} WHERE (${names(columns)}) IN (${rowsFrom(columns)})`
}

function upsert(table: Table): string {
  const rest = table.columns.slice(table.key).map(([name]) => `${name} = excluded.${name}`)
  return `INSERT INTO ${table.name} (${names(table.columns)}) ${rowsFrom(table.columns)}
    ON CONFLICT (${names(table.columns.slice(0, table.key))})
    DO ${rest.length > 0 ? `UPDATE SET ${rest.join()}` : 'NOTHING'}`
}

function arraysOf(columns: Table['columns'], rows: readonly Row[]): string[] {
  return columns.map((_, index) => listOf(rows.map((row) => row[index] ?? null)))
}

function listOf(values: readonly Value[]): string {
  return `{${values.map(writeElement).join()}}`
}

function writeElement(value: Value): string {
  return value === null ? 'NULL' : `"${String(value).replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
