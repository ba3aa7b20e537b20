/**
 * Tells datagrams that came before: doubled by the network, or sent again by a client whose reply was lost. The old
 * protocol numbers nothing, so the same bytes within a second are the same message; nobody types one again as fast.
 */

export interface RepeatFilter {
  has(datagram: Uint8Array): boolean
  add(datagram: Uint8Array): void
}

/** Milliseconds. */
const repeatWithin = 1_000

export function createRepeatFilter(now: () => number = () => performance.now()): RepeatFilter {
  const seen = new Map<bigint | number, number>()

  function forgetOld(): void {
    for (const [hash, at] of seen) {
      if (now() - at < repeatWithin) return
      seen.delete(hash)
    }
  }

  return {
    has(datagram) {
      forgetOld()
      return seen.has(Bun.hash(datagram))
    },
    add(datagram) {
      seen.set(Bun.hash(datagram), now())
    },
  }
}
