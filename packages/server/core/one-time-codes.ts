/** One-time codes: those of authenticator apps (RFC 6238 over RFC 4226, by their defaults), and recovery codes. */
import { createHmac } from 'node:crypto'
import { LIMITS } from '@rookery/protocol'
import type { Ports } from './ports.ts'
import { hashSecret } from './secrets.ts'

/** Milliseconds that one code is shown for. */
const period = 30_000
/** Clocks of telephones are off by so many steps at most. */
const drift = 1

export const stepAt = (at: number): number => Math.floor(at / period)

/** The six digits of a step. */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 0xf
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** The step that a code is of; null where it is of none about now, or of one that was used up. */
export function findStep(secret: Uint8Array, code: string, now: number, used: number): number | null {
  for (let step = stepAt(now) - drift; step <= stepAt(now) + drift; step += 1)
    if (step > used && codeOf(secret, step) === code) return step
  return null
}

/** A code as typed: apps show a space in the middle, and recovery codes have dashes. */
export function readCode(typed: string): { readonly kind: 'app' | 'recovery'; readonly code: string } {
  const code = typed.toLowerCase().replaceAll(/[\s-]/g, '')
  return { kind: /^\d{6}$/.test(code) ? 'app' : 'recovery', code }
}

/** Of 80 random bits each, in four groups of four. */
export function makeRecoveryCodes({ randomBytes }: Pick<Ports, 'randomBytes'>): string[] {
  return Array.from({ length: LIMITS.recoveryCodes }, () =>
    toBase32(randomBytes(10))
      .toLowerCase()
      .replaceAll(/.{4}(?=.)/g, '$&-'),
  )
}

export function hashRecoveryCode(code: string): Uint8Array {
  return hashSecret(readCode(code).code)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Of whole groups of five bytes (RFC 4648). */
export function toBase32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replaceAll(/.{5}/g, (five) => alphabet.charAt(Number.parseInt(five, 2)))
}

/** Of whole groups of eight letters. */
export function fromBase32(text: string): Uint8Array {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2))
}
