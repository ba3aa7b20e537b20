/** A cache that outlives its device's crashes, as a disk does. */
import { createMemoryCache, type Cache } from '@rookery/client'

export interface LastingCache {
  /** For one life of the device: nothing is written any more by a device that has crashed. */
  open(): { readonly cache: Cache; readonly kill: () => void }
  /** Ids of what is written down as still to be sent. */
  readPending(): Promise<ReadonlySet<string>>
  /** What is written down. */
  readonly written: Pick<Cache, 'load' | 'page'>
}

export function createLastingCache(): LastingCache {
  const disk = createMemoryCache()
  return {
    open() {
      let lives = true
      const whileAlive = async <Value>(work: () => Promise<Value>): Promise<Value> => {
        if (!lives) throw new Error('This device has crashed.')
        return work()
      }
      const cache: Cache = {
        load: () => whileAlive(disk.load),
        save: (change) => whileAlive(() => disk.save(change)),
        page: (conversation, before, limit) => whileAlive(() => disk.page(conversation, before, limit)),
        dropMessages: () => whileAlive(disk.dropMessages),
        destroy: () => whileAlive(disk.destroy),
        close: () => void (lives = false),
      }
      return { cache, kill: () => void (lives = false) }
    },
    async readPending() {
      const { pending } = await disk.load()
      return new Set(pending.map(({ id }) => id))
    },
    written: disk,
  }
}
