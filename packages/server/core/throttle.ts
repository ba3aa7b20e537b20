/**
 * Slows down guessing of passwords. From one address, an account, and all accounts together, may be tried wrongly a
 * few times; then that address waits. Guessing from many addresses at once only slows the account's log-ins by a
 * little: nobody can lock its owner out.
 */
import { refuse, type Refusal } from '@rookery/protocol'

export interface ThrottleLimits {
  readonly triesPerAccount: number
  readonly triesPerAddress: number
  /** Milliseconds of the first wait; each further wrong try doubles it. */
  readonly wait: number
}

export interface Throttle {
  /** A refusal with the time to wait, or the milliseconds to hold this try back. */
  admit(address: string, login: string): Refusal<'too_many_requests'> | { readonly ok: true; readonly delay: number }
  /** Counts a try while its password is being checked, so that many at once count as many. */
  fail(address: string, login: string): void
  /** It was not checked after all. */
  takeBack(address: string, login: string): void
  /** The password was right: what this address got wrong before no longer counts. */
  forgive(address: string, login: string): void
}

interface Tally {
  failures: number
  /** The time until which tries are refused. */
  until: number
  /** Forgotten after this. */
  expires: number
}

const hour = 3_600_000
const longestDelay = 2_000
const mostTallies = 100_000

export function createThrottle(now: () => number, limits: ThrottleLimits): Throttle {
  const tallies = new Map<string, Tally>()

  function find(key: string): Tally | undefined {
    const tally = tallies.get(key)
    if (tally && tally.expires <= now()) tallies.delete(key)
    else return tally
  }

  function count(key: string, tries: number): void {
    const tally = find(key) ?? { failures: 0, until: 0, expires: 0 }
    tally.failures += 1
    const over = tally.failures - tries
    if (over >= 0) tally.until = now() + Math.min(hour, limits.wait * 2 ** Math.min(over, 16))
    tally.expires = Math.max(tally.until, now()) + hour
    // Set anew, so that the oldest stand first and go first.
    tallies.delete(key)
    tallies.set(key, tally)
    if (tallies.size > mostTallies) for (const oldest of tallies.keys()) return void tallies.delete(oldest)
  }

  function countBack(key: string): void {
    const tally = find(key)
    if (!tally) return
    tally.failures -= 1
    tally.until = 0
    if (tally.failures <= 0) tallies.delete(key)
  }

  return {
    admit(address, login) {
      const key = keysOf(address, login)
      const until = Math.max(find(key.pair)?.until ?? 0, find(key.address)?.until ?? 0)
      if (until > now()) return refuse('too_many_requests', until - now())
      const failures = find(key.account)?.failures ?? 0
      return { ok: true, delay: Math.min(longestDelay, 50 * Math.max(0, failures - limits.triesPerAccount)) }
    },
    fail(address, login) {
      const key = keysOf(address, login)
      count(key.pair, limits.triesPerAccount)
      count(key.address, limits.triesPerAddress)
      count(key.account, Number.POSITIVE_INFINITY)
    },
    takeBack(address, login) {
      for (const key of Object.values(keysOf(address, login))) countBack(key)
    },
    forgive(address, login) {
      const key = keysOf(address, login)
      tallies.delete(key.pair)
      countBack(key.address)
      countBack(key.account)
    },
  }
}

function keysOf(address: string, login: string) {
  return { pair: `pair ${address} ${login}`, address: `address ${address}`, account: `account ${login}` }
}
