/**
 * Slows down guessing of passwords. From one address, an account, and all accounts together, may be tried wrongly a
 * few times; then that address waits. Guessing from many addresses at once only slows the account's log-ins by a
 * little: nobody can lock its owner out.
 */
import { ok, refuse, type Result } from '@rookery/protocol'
import type { Clock, Store, Tally } from './ports.ts'

export interface ThrottleLimits {
  readonly triesPerAccount: number
  readonly triesPerAddress: number
  /** Milliseconds of the first wait; each further wrong try doubles it. */
  readonly wait: number
}

export type Admission = Result<{ readonly delay: number }, 'too_many_requests' | 'unavailable'>

export interface Throttle {
  /**
   * A refusal with the time to wait, or the milliseconds to hold this try back. It counts as a wrong one while its
   * password is being checked, so that many at once count as many.
   */
  admit(
    address: string,
    login: string,
  ): Promise<Result<{ readonly delay: number }, 'too_many_requests' | 'unavailable'>>
  /** It was not checked after all. */
  takeBack(address: string, login: string): Promise<unknown>
  /** The password was right: what this address got wrong before no longer counts. */
  forgive(address: string, login: string): Promise<unknown>
}

const hour = 3_600_000
const longestDelay = 2_000

interface ThrottlePorts {
  readonly store: Pick<Store, 'tallies'>
  readonly clock: Clock
}

export function createThrottle({ store, clock }: ThrottlePorts, limits: ThrottleLimits): Throttle {
  /** Tries that each of the keys has: nobody waits for what others do to an account. */
  const allowed = [limits.triesPerAccount, limits.triesPerAddress, Number.POSITIVE_INFINITY]

  function count(tally: Tally | null, tries: number, now: number): Tally {
    const failures = (tally?.failures ?? 0) + 1
    const over = failures - tries
    const until = over >= 0 ? now + Math.min(hour, limits.wait * 2 ** Math.min(over, 16)) : (tally?.until ?? 0)
    return { failures, until, expires: Math.max(until, now) + hour }
  }

  return {
    async admit(address, login) {
      const now = clock.now()
      const admitted = await store.tallies.change<Admission>(keysOf(address, login), now, (tallies) => {
        const [pair, fromAddress, account] = tallies
        const until = Math.max(pair?.until ?? 0, fromAddress?.until ?? 0)
        if (until > now) return { value: refuse('too_many_requests', until - now), tallies }
        const delay = Math.min(longestDelay, 50 * Math.max(0, (account?.failures ?? 0) - limits.triesPerAccount))
        const counted = tallies.map((tally, index) => count(tally, allowed[index] ?? 0, now))
        return { value: ok({ delay }), tallies: counted }
      })
      return admitted.ok ? admitted.value : admitted
    },
    takeBack: (address, login) =>
      store.tallies.change(keysOf(address, login), clock.now(), (tallies) => ({
        value: null,
        tallies: tallies.map(countBack),
      })),
    forgive: (address, login) =>
      store.tallies.change(keysOf(address, login), clock.now(), ([, ...others]) => ({
        value: null,
        tallies: [null, ...others.map(countBack)],
      })),
  }
}

function countBack(tally: Tally | null): Tally | null {
  return tally && tally.failures > 1 ? { ...tally, failures: tally.failures - 1, until: 0 } : null
}

/** This address at this account, this address, this account. */
function keysOf(address: string, login: string): readonly string[] {
  return [`pair ${address} ${login}`, `address ${address}`, `account ${login}`]
}
