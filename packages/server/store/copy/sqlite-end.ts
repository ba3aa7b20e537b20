/** A SQLite folder as one side of a copy. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, SQLQueryBindings } from 'bun:sqlite'
import { databaseFile, openForReading, openForWriting, readSchema, schemaVersion } from '../sqlite/database.ts'
import { lockFolder } from '../sqlite/folder-lock.ts'
import { readEpoch, writeMark } from '../sqlite/history.ts'
import { searchIndex } from '../sqlite/search-index.ts'
import { readTxid } from '../sqlite/transactions.ts'
import { reachedQuery, type History, type SearchableOf, type Source, type Target } from './end.ts'
import { messages, readMessage, type CopiedMessage, type Row, type Table, type Value } from './tables.ts'

/** Of a server that may be running. @throws where there is none, or of another version. */
export function openSqliteSource(folder: string): Source {
  const file = join(folder, databaseFile)
  if (!existsSync(file)) throw new Error(`there is no rookery.db in ${folder}`)
  const db = openForReading(file)
  const schema = readSchema(db)
  if (schema !== schemaVersion) {
    throw new Error(
      `${folder} has schema ${schema}, this Rookery ${schemaVersion}: start a server of this version on it once`,
    )
  }
  // All reads in one transaction: they see what there was at the first of them.
  db.run('BEGIN')
  return { ...readsOf(db, folder), close: async () => db.close() }
}

/** Made if it is not there. @throws while a server runs on it. */
export function openSqliteTarget(folder: string, searchableOf: SearchableOf): Target {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  const db = openForWriting(join(folder, databaseFile))
  const index = messageIndex(db, searchableOf)
  const setMeta = db.query(
    'INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    ...readsOf(db, folder),
    async change(table, removed, put) {
      const [remove, insert] = [db.query(removal(table)), db.query(upsert(table))]
      const isIndexed = table.name === messages
      db.transaction(() => {
        if (isIndexed) index.remove([...removed, ...put])
        for (const key of removed) remove.run(...bind(table, key))
        for (const row of put) insert.run(...bind(table, row))
        if (isIndexed) index.add(put.map((row) => readMessage(table, row)))
      })()
    },
    async adopt({ epoch, txid, next_number }) {
      db.transaction(() => {
        setMeta.run('epoch', epoch)
        setMeta.run('txid', String(txid))
        if (next_number !== null) setMeta.run('next_number', next_number)
      })()
      writeMark(folder, { epoch, txid })
    },
    async close() {
      db.close()
      unlock()
    },
  }
}

/** Of a copy that was made before, a place in the index may be another message's now. */
function messageIndex(db: Database, searchableOf: SearchableOf) {
  const index = searchIndex(db)
  const docOf = db.query<{ doc: number }, Value[]>(
    `SELECT f.rowid AS doc FROM messages s JOIN found f ON f.rowid = s.doc
     WHERE s.conversation = $1 AND s.seq = $2 AND f.conversation = s.conversation AND f.seq = s.seq`,
  )
  return {
    remove(keys: readonly Row[]): void {
      for (const [conversation = 0, seq = 0] of keys) {
        const found = docOf.get(conversation, seq)
        if (found) index.remove(found.doc)
      }
    },
    add(rows: readonly CopiedMessage[]): void {
      for (const message of rows) {
        const searchable = message.doc > 0 ? searchableOf(message.body) : null
        if (!searchable) continue
        index.remove(message.doc)
        index.add(message, searchable)
      }
    },
  }
}

function readsOf(db: Database, folder: string): Pick<Source, 'name' | 'history' | 'read'> {
  return {
    name: folder,
    async history(): Promise<History | null> {
      const epoch = readEpoch(db)
      const next = db.query<{ value: string }, []>(`SELECT value FROM meta WHERE key = 'next_number'`).get()
      const reached = db.query<History['reached'], []>(reachedQuery).get()
      if (epoch === null || !reached) return null
      return { epoch, txid: readTxid(db)(), next_number: next?.value ?? null, reached }
    },
    async read(table, after, upTo, limit) {
      const key = keyOf(table)
      const marks = table.columns.slice(0, table.key).map(() => '?')
      const where = [
        ...(after ? [`(${key}) > (${marks.join()})`] : []),
        ...(upTo ? [`(${key}) <= (${marks.join()})`] : []),
      ]
      const sql = `SELECT ${columnsOf(table)} FROM ${table.name}
        ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${key} LIMIT ?`
      const bound = [after, upTo].flatMap((place) => (place ? bind(table, place.slice(0, table.key)) : []))
      const rows = db.query<Record<string, Value | Uint8Array>, SQLQueryBindings[]>(sql).values(...bound, limit)
      return (rows as (Value | Uint8Array)[][]).map((row) => row.map(readValue))
    },
  }
}

const columnsOf = ({ columns }: Table) => columns.map(([name]) => name).join(', ')
const keyOf = ({ columns, key }: Table) =>
  columns
    .slice(0, key)
    .map(([name]) => name)
    .join(', ')

function removal(table: Table): string {
  const marks = table.columns.slice(0, table.key).map(() => '?')
  return `DELETE FROM ${table.name} WHERE (${keyOf(table)}) = (${marks.join()})`
}

function upsert(table: Table): string {
  const rest = table.columns.slice(table.key).map(([name]) => `${name} = excluded.${name}`)
  return `INSERT INTO ${table.name} (${columnsOf(table)}) VALUES (${table.columns.map(() => '?').join()})
    ON CONFLICT (${keyOf(table)}) DO ${rest.length > 0 ? `UPDATE SET ${rest.join(', ')}` : 'NOTHING'}`
}

function bind({ columns }: Table, row: Row): SQLQueryBindings[] {
  return row.map((value, index) => {
    const type = columns[index]?.[1]
    const isBytes = (type === 'bytes' || type === 'id') && typeof value === 'string'
    return isBytes ? Buffer.from(value, 'hex') : value
  })
}

function readValue(value: Value | Uint8Array): Value {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}
