/** Tokens and tickets: 32 random bytes to whoever holds them, a SHA-256 hash to the store. */
import { createHash } from 'node:crypto'
import type { Ports } from './ports.ts'

export function makeSecret({ randomBytes }: Pick<Ports, 'randomBytes'>): { secret: string; hash: Uint8Array } {
  const secret = Buffer.from(randomBytes(32)).toString('base64url')
  return { secret, hash: hashSecret(secret) }
}

/** No salt: a random secret of 256 bits cannot be guessed from its hash. */
export function hashSecret(secret: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(secret).digest())
}
