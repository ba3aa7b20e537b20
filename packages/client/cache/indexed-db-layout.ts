/** How a cache lies in IndexedDB, and how a database that lies otherwise is put right. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb'
import type { BlockKey } from './blocks.ts'
import type { SavedPending } from './cache.ts'
import { isPending } from './shapes.ts'

/**
 * The name of an empty store that tells the layout apart. The number changes with every other line of `Layout`; but
 * `pending` keeps its name and its values' shape in all of them: it is what one layout takes over from another.
 * IndexedDB's own version cannot serve: it only counts up, and a newer layout is to be left as well as an older one.
 */
const LAYOUT = 'layout 2'

interface Layout extends DBSchema {
  [LAYOUT]: { key: string; value: never }
  device: { key: 'device'; value: unknown }
  contacts: { key: number; value: unknown }
  requests: { key: [conversation: number, number: number]; value: unknown }
  people: { key: number; value: unknown }
  conversations: { key: number; value: unknown }
  messages: { key: BlockKey; value: unknown }
  /** By the place in which a message was first put. */
  pending: { key: number; value: unknown; indexes: { id: string } }
}

/** What belongs to one history of the server. */
export const historyStores = ['device', 'contacts', 'requests', 'people', 'conversations', 'messages'] as const
export const stores = [...historyStores, 'pending'] as const

export type Database = IDBPDatabase<Layout>
export type WriteTransaction = IDBPTransaction<Layout, typeof stores, 'readwrite'>
type Upgrade = IDBPTransaction<Layout, typeof stores, 'versionchange'>

/** Rejects where there is no IndexedDB, where it may not be used, or where another window keeps it from being opened. */
export async function openDatabase(name: string): Promise<Database> {
  const found = await request(name)
  if (hasLayout(found)) return found
  const next = found.version + 1
  found.close()
  return request(name, next)
}

function hasLayout({ objectStoreNames }: Database): boolean {
  return [...objectStoreNames].sort().join() === [LAYOUT, ...stores].sort().join()
}

async function request(name: string, version?: number): Promise<Database> {
  const blocked = Promise.withResolvers<never>()
  const opening = openDB<Layout>(name, version, {
    upgrade(database, _from, _to, transaction) {
      const upgrade = transaction as unknown as Upgrade
      // A rebuilding that fails makes the opening fail.
      finish(upgrade, rebuild(database, upgrade)).catch(() => undefined)
    },
    blocked() {
      blocked.reject(new Error('Another window keeps the cache from being opened.'))
      // It may still open one day, and must then not be in anybody's way.
      void closeWhenOpen(opening)
    },
  })
  const database = await Promise.race([opening, blocked.promise])
  // Another window deletes or rebuilds it: from here on this one fails, and the other one does not wait.
  database.addEventListener('versionchange', () => database.close())
  return database
}

async function closeWhenOpen(opening: Promise<Database>): Promise<void> {
  try {
    const late = await opening
    late.close()
  } catch {
    // It never opened.
  }
}

/** In the one transaction of the upgrade: whatever happens, the pending messages are in the old stores or the new. */
async function rebuild(database: Database, upgrade: Upgrade): Promise<void> {
  const found = [...database.objectStoreNames]
  const kept: unknown[] = found.includes('pending') ? await upgrade.objectStore('pending').getAll() : []
  for (const name of found) database.deleteObjectStore(name)
  for (const name of [LAYOUT, 'device', 'messages'] as const) database.createObjectStore(name)
  database.createObjectStore('contacts', { keyPath: 'peer' })
  database.createObjectStore('requests', { keyPath: ['conversation', 'number'] })
  database.createObjectStore('people', { keyPath: 'number' })
  database.createObjectStore('conversations', { keyPath: 'id' })
  database.createObjectStore('pending', { autoIncrement: true }).createIndex('id', 'id')
  await putPending(upgrade, kept.filter(isPending))
}

/** One after the other: each gets its place, or keeps the one it has. */
export async function putPending(
  transaction: WriteTransaction | Upgrade,
  pending: readonly SavedPending[],
): Promise<void> {
  const store = (transaction as WriteTransaction).objectStore('pending')
  for (const message of pending) await store.put(message, await store.index('id').getKey(message.id))
}

/** Resolves once all of the work is kept; what goes wrong anywhere undoes all of it. */
export async function finish<Value>(
  transaction: { readonly done: Promise<void>; abort(): void },
  work: Promise<Value>,
): Promise<Value> {
  try {
    const [value] = await Promise.all([work, transaction.done])
    return value
  } catch (error) {
    try {
      transaction.abort()
    } catch {
      // It was undone already.
    }
    throw error
  }
}
