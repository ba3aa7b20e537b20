/** Tallies of the one node that there is: in memory, so that no wrong password costs a write. */
import { ok } from '@rookery/protocol'
import type { Tally, TallyStore } from '../../core/ports.ts'

const mostTallies = 100_000

export function createTallies(): TallyStore {
  const kept = new Map<string, Tally>()

  function find(key: string, now: number): Tally | null {
    const tally = kept.get(key)
    return tally && tally.expires > now ? tally : null
  }

  /** Set anew, so that the oldest stand first and go first. */
  function keep(key: string, tally: Tally | null): void {
    kept.delete(key)
    if (tally) kept.set(key, tally)
    if (kept.size > mostTallies) for (const oldest of kept.keys()) return void kept.delete(oldest)
  }

  return {
    async change(keys, now, decide) {
      const { value, tallies } = decide(keys.map((key) => find(key, now)))
      keys.forEach((key, index) => keep(key, tallies[index] ?? null))
      return ok(value)
    },
  }
}
