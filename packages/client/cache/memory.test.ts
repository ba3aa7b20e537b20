/** The memory cache keeps what cache.ts promises. */
import { describeCacheContract } from './contract.ts'
import { createMemoryCache } from './memory.ts'

describeCacheContract('memory', () => {
  const cache = createMemoryCache()
  return Promise.resolve({ cache, reopen: () => Promise.resolve(cache) })
})
