/** The old campus protocol's requests: `NN#field#…#field#`, UTF-8, one datagram each. */

import { LIMITS } from '@rookery/protocol'

/** A user's number, or null where the field holds none. */
type NumberField = number | null

export type SeedRequest =
  | { readonly kind: 'register'; readonly number: NumberField; readonly password: string; readonly confirm: string }
  | {
      readonly kind: 'changePassword'
      readonly number: NumberField
      readonly old: string
      readonly password: string
      readonly confirm: string
    }
  | { readonly kind: 'logIn'; readonly number: NumberField; readonly password: string }
  | { readonly kind: 'send'; readonly to: NumberField; readonly text: string }
  /** How many wait: from one person (04), or from all (08). */
  | { readonly kind: 'count'; readonly from: NumberField | 'all' }
  /** The next one: from one person (05), or from all (09). */
  | { readonly kind: 'take'; readonly from: NumberField | 'all' }
  | { readonly kind: 'goOffline' }
  | { readonly kind: 'unknown' }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const unknown: SeedRequest = { kind: 'unknown' }

/** Null for what is no request at all, which is not answered. */
export function parseSeedRequest(datagram: Uint8Array): SeedRequest | null {
  if (datagram.length < 3 || !isDigit(datagram[0]) || !isDigit(datagram[1]) || datagram[2] !== 0x23) return null
  try {
    return parseText(decoder.decode(datagram))
  } catch {
    return unknown
  }
}

function parseText(text: string): SeedRequest {
  if (!text.endsWith('#')) return unknown
  const fields = text.length > 3 ? text.slice(3, -1).split('#') : []
  const [first = '', second = '', third = '', fourth = ''] = fields
  // What a person typed may hold the separator: it is all between the second and the last one.
  const typed = fields.slice(1).join('#')
  switch (`${text.slice(0, 2)} ${Math.min(fields.length, 5)}`) {
    case '01 3':
      return { kind: 'register', number: parseNumber(first), password: second, confirm: third }
    case '01 4':
      return { kind: 'changePassword', number: parseNumber(first), old: second, password: third, confirm: fourth }
    case '04 1':
      return { kind: 'count', from: parseNumber(first) }
    case '05 1':
      return { kind: 'take', from: parseNumber(first) }
    case '06 0':
      return { kind: 'goOffline' }
    case '08 0':
      return { kind: 'count', from: 'all' }
    case '09 0':
      return { kind: 'take', from: 'all' }
  }
  if (fields.length < 2) return unknown
  if (text.startsWith('02')) return { kind: 'logIn', number: parseNumber(first), password: typed }
  if (text.startsWith('03')) return { kind: 'send', to: parseNumber(first), text: typed }
  return unknown
}

/** Lists of the old client pad shorter numbers to eleven digits. */
function parseNumber(field: string): NumberField {
  return /^\d{5,11}$/.test(field) && Number(field) >= LIMITS.firstNumber ? Number(field) : null
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}
