/** Which store: PostgreSQL where DATABASE_URL names one, else SQLite in the data folder. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Store } from './core/ports.ts'
import { databaseFile } from './store/sqlite/database.ts'
import { lockFolder } from './store/sqlite/folder-lock.ts'
import { openSqliteStore } from './store/sqlite/store.ts'

/**
 * @param onFatal told when the disk can no longer be trusted: the caller must end the process.
 * @throws if the data folder or the database cannot be had, in one line that says how to mend it.
 */
export async function openStore(
  { DATABASE_URL, ROOKERY_DATA }: Config,
  onFatal: (reason: string) => void,
): Promise<Store> {
  if (DATABASE_URL === undefined) return openSqliteStore(ROOKERY_DATA, onFatal)
  const { openPostgresStore } = await import('./store/postgres/store.ts')
  return openPostgresStore(DATABASE_URL)
}

/**
 * A data folder has one server, a database any number. Returns the way to let it go.
 * @throws if another server holds it.
 */
export function lockStore({ DATABASE_URL, ROOKERY_DATA }: Config): () => void {
  return DATABASE_URL === undefined ? lockFolder(ROOKERY_DATA) : () => {}
}

/** Whether anything is kept there yet; of a database nobody knows before it is asked, and its name is no slip. */
export function isInstalled({ DATABASE_URL, ROOKERY_DATA }: Config): boolean {
  return DATABASE_URL !== undefined || existsSync(join(ROOKERY_DATA, databaseFile))
}

/** The store as people know it, without secrets. */
export function describeStore({ DATABASE_URL, ROOKERY_DATA }: Config): string {
  if (DATABASE_URL === undefined) return `the data folder ${ROOKERY_DATA}`
  const { host, pathname } = new URL(DATABASE_URL)
  return `the database ${host}${pathname}`
}
