/** Token buckets: so many requests a second, and a burst of ten times as many. */

export interface RateLimit {
  /** Takes one; 0 if it was there, else the milliseconds until it will be. */
  take(key: string): number
}

interface Bucket {
  tokens: number
  at: number
}

const burst = 10
const mostBuckets = 100_000

export function createRateLimit(perSecond: number, now: () => number = () => performance.now()): RateLimit {
  const buckets = new Map<string, Bucket>()
  const capacity = perSecond * burst

  return {
    take(key) {
      const time = now()
      let bucket = buckets.get(key)
      if (!bucket) {
        // Too many to remember: the one that came first is forgotten.
        if (buckets.size >= mostBuckets)
          for (const first of buckets.keys()) {
            buckets.delete(first)
            break
          }
        bucket = { tokens: capacity, at: time }
        buckets.set(key, bucket)
      }
      bucket.tokens = Math.min(capacity, bucket.tokens + ((time - bucket.at) / 1000) * perSecond)
      bucket.at = time
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / perSecond) * 1000)
      bucket.tokens -= 1
      return 0
    },
  }
}
