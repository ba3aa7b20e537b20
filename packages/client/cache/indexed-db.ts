/** The cache of browsers: one IndexedDB database for each person. */
import { deleteDB } from 'idb'
import type { Cache, Saved } from './cache.ts'
import { openDatabase, type Database } from './indexed-db-layout.ts'
import { readPage, readSaved, wipe, writeChange } from './indexed-db-records.ts'

const nothingSaved = { device: null, contacts: [], requests: [], people: [], conversations: [], pending: [] }

/**
 * The copy that the person with this number keeps in this browser. One of another layout is made anew; so is one whose
 * device record is missing, or in which a contact, request or conversation is damaged, since nothing tells what the rest
 * is worth. Pending messages are taken over in either case. Rejects where the browser gives no database.
 *
 * Once the database is gone (deleted by another window, or by the person), saves reject, and reads find nothing.
 */
export async function openIndexedDbCache(number: number): Promise<Cache> {
  const name = `rookery-${number}`
  const database = await openDatabase(name)
  /** What was read to see whether it is sound, for whoever loads it before anything else happens to it. */
  let first: Saved | null = null
  const forget = () => {
    first = null
  }
  database.addEventListener('versionchange', forget)
  try {
    const { saved, sound } = await readSaved(database)
    if (sound) first = saved
    else await writeChange(database, { reset: true })
  } catch (error) {
    database.close()
    throw error
  }
  return {
    async load() {
      const saved = first ?? (await orElse(async () => (await readSaved(database)).saved, nothingSaved))
      forget()
      return saved
    },
    async save(change) {
      forget()
      await writeChange(database, change)
    },
    page(conversation, before, limit) {
      return orElse(() => readPage(database, conversation, before, limit), [])
    },
    async dropMessages() {
      await database.clear('messages')
    },
    destroy() {
      forget()
      return destroy(database, name)
    },
    close() {
      forget()
      database.close()
    },
  }
}

/** What cannot be read is not held; anything but the database's own complaints is a bug. */
async function orElse<Value>(read: () => Promise<Value>, nothing: Value): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof DOMException) return nothing
    throw error
  }
}

/** Emptied first: another window may hold up the deletion, and what was said here must be gone all the same. */
async function destroy(database: Database, name: string): Promise<void> {
  await orElse(() => wipe(database), undefined)
  database.close()
  await new Promise<void>((resolve, reject) => {
    deleteDB(name, { blocked: () => resolve() }).then(resolve, reject)
  })
}
