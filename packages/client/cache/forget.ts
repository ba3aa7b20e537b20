/** Deletes what this device keeps of somebody who is not logged in here any more. */
import { openIndexedDbCache } from './indexed-db.ts'

export interface ForgetOptions {
  /** Messages that were never sent stay, for the next log-in of the same person. */
  readonly keepPending: boolean
}

/** Resolves when it is gone, also where nothing was kept. Other windows may do the same at the same time. */
export async function forgetDevice(number: number, { keepPending }: ForgetOptions): Promise<void> {
  if (!(await isKept(number))) return
  try {
    const cache = await openIndexedDbCache(number)
    if (!keepPending) return await cache.destroy()
    await cache.save({ reset: true })
    cache.close()
  } catch {
    // Another window deleted it meanwhile, or the browser does not give it to us: then there is none to be emptied.
  }
}

/** To open what is not there would make it. Where a browser does not list its databases, an empty one stays behind. */
async function isKept(number: number): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false
  if (typeof indexedDB.databases !== 'function') return true
  const databases = await indexedDB.databases().catch(() => [])
  return databases.some(({ name }) => name === `rookery-${number}`)
}
