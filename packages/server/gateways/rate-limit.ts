/** Token buckets: so much a second, and a burst of ten times as much. */

export interface RateLimit {
  /**
   * Takes one, or what something dear costs; 0 if that was there, else the milliseconds until it will be. What costs
   * more than the whole burst takes the whole burst.
   */
  take(key: string, cost?: number): number
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
    take(key, cost = 1) {
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
      const price = Math.min(cost, capacity)
      if (bucket.tokens < price) return Math.ceil(((price - bucket.tokens) / perSecond) * 1000)
      bucket.tokens -= price
      return 0
    },
  }
}
