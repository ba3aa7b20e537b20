/** Opens the database file, for the one writer or for reading, and brings its schema up to date. */
import { Database } from 'bun:sqlite'
import house from './migrations/0001-house.sql' with { type: 'text' }
import oldClients from './migrations/0002-old-clients.sql' with { type: 'text' }
import transactions from './migrations/0003-transactions.sql' with { type: 'text' }
import allDay from './migrations/0004-all-day.sql' with { type: 'text' }
import security from './migrations/0005-security.sql' with { type: 'text' }
import messageIds from './migrations/0006-message-ids.sql' with { type: 'text' }
import sent from './migrations/0007-sent.sql' with { type: 'text' }

/** In the data folder. */
export const databaseFile = 'rookery.db'

/** In order, for ever: what is released is never edited, only followed. */
const migrations: readonly string[] = [house, oldClients, transactions, allDay, security, messageIds, sent]

/** The writer's connection. Safe against power loss: an acknowledged commit is in the log with an fsync behind it. */
export function openForWriting(file: string): Database {
  const db = new Database(file, { create: true, strict: true })
  db.run('PRAGMA busy_timeout = 5000')
  db.run('PRAGMA journal_mode = WAL')
  db.run('PRAGMA synchronous = FULL')
  db.run('PRAGMA wal_autocheckpoint = 1000')
  db.run('PRAGMA cache_size = -65536')
  migrate(db)
  return db
}

export function openForReading(file: string): Database {
  const db = new Database(file, { readonly: true, strict: true })
  db.run('PRAGMA busy_timeout = 5000')
  db.run('PRAGMA query_only = ON')
  return db
}

/** What this version writes. */
export const schemaVersion = migrations.length

export function readSchema(db: Database): number {
  return db.query<{ user_version: number }, []>('PRAGMA user_version').get()?.user_version ?? 0
}

function migrate(db: Database): void {
  const applied = readSchema(db)
  if (applied > migrations.length) {
    throw new Error(
      `The data folder was written by a newer Rookery (schema ${applied}, this one knows ${migrations.length}).`,
    )
  }
  migrations.slice(applied).forEach((sql, index) => {
    db.transaction(() => {
      db.run(sql)
      db.run(`PRAGMA user_version = ${applied + index + 1}`)
    })()
  })
}
