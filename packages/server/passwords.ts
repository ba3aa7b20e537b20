/** Passwords by argon2id, off the event loop, a few at a time. */
import { cpus } from 'node:os'
import { ok, refuse, type Result } from '@rookery/protocol'
import type { Passwords } from './core/ports.ts'

export interface PasswordCost {
  /** KiB. */
  readonly memoryCost: number
  readonly timeCost: number
}

/** OWASP's first recommendation for argon2id (19 MiB, two passes, one lane): 44 ms here. */
export const recommendedCost: PasswordCost = { memoryCost: 19_456, timeCost: 2 }

/** Waiting longer than these take (3 s and more) serves nobody; and 200 at once delay file reads by seconds. */
const longestQueue = 64

export function createPasswords(cost: PasswordCost = recommendedCost): Passwords {
  const options = { algorithm: 'argon2id', ...cost } as const
  const limited = limitConcurrency(Math.max(1, cpus().length - 1))
  const nobodys = inventHash(cost)
  return {
    hash: (password) => limited(() => Bun.password.hash(password, options)),
    verify: (password, hash) =>
      limited(async () => {
        const matches = await Bun.password.verify(password, hash ?? nobodys)
        return hash !== null && matches
      }),
  }
}

/**
 * The hash (PHC string) that somebody unknown is compared with, so that it takes as long as with anybody. Its bytes are
 * random, not made from a password: that spares the work, and leaves none to be found out.
 */
function inventHash({ memoryCost, timeCost }: PasswordCost): string {
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=1$${randomBase64()}$${randomBase64()}`
}

/** 32 random bytes, unpadded. */
function randomBase64(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64({ omitPadding: true })
}

function limitConcurrency(most: number) {
  let underWay = 0
  const queue: (() => void)[] = []
  return async <Value>(work: () => Promise<Value>): Promise<Result<Value, 'unavailable'>> => {
    if (queue.length >= longestQueue) return refuse('unavailable', 3_000)
    if (underWay >= most) await new Promise<void>((start) => queue.push(start))
    else underWay += 1
    try {
      return ok(await work())
    } finally {
      const next = queue.shift()
      if (next) next()
      else underWay -= 1
    }
  }
}
