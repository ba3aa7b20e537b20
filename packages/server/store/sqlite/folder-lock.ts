/** One server for each data folder: a second one would not hear what the first tells its devices. */
import { Database } from 'bun:sqlite'
import { join } from 'node:path'

/**
 * Holds the folder until the lock is let go or the process ends, however it ends: the lock is the operating system's.
 * @throws if another process holds it.
 */
export function lockFolder(folder: string): () => void {
  const lock = new Database(join(folder, 'serving.lock'), { create: true })
  try {
    lock.run('BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new Error(`another server is running on the data folder ${folder}`)
  }
  return () => lock.close()
}
