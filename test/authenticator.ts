/** An authenticator made of software: makes passkeys and signs by them (WebAuthn), as honestly as a test wants it to. */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { Input, Output } from '@rookery/protocol'

type Creation = Input<'passkeys.add'>['credential']
type Use = Input<'sessions.logInByPasskey'>['credential']

export interface Honesty {
  /** What the browser says the page's origin is. */
  readonly origin?: string
  readonly rpId?: string
  /** Whether the owner was verified (a fingerprint, a PIN). */
  readonly verified?: boolean
  readonly counter?: number
  readonly type?: string
}

export interface SoftPasskey {
  readonly id: string
  readonly creation: Creation
  use(options: Output<'passkeys.challenge'>, honesty?: Honesty): Use
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
const encode = (data: string | Uint8Array) => Buffer.from(data).toString('base64url')

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length])
  return Buffer.from(length < 256 ? [(major << 5) | 24, length] : [(major << 5) | 25, length >> 8, length & 0xff])
}

/** Of what is needed here: maps, texts, bytes, small integers (RFC 8949). */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, each]) => [cbor(key), cbor(each)])])
  throw new Error('Not needed here.')
}

function clientData(type: string, challenge: string, origin: string): string {
  return encode(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

function authenticatorData(rpId: string, verified: boolean, counter: number, attested = Buffer.alloc(0)): Buffer {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  const flags = 0x01 | (verified ? 0x04 : 0) | (attested.length > 0 ? 0x40 : 0)
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, attested])
}

function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  return cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, left],
      [-3, right],
    ]),
  )
}

export function makePasskey(options: Output<'passkeys.begin'>, origin: string, honesty: Honesty = {}): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const rawId = crypto.getRandomValues(Buffer.alloc(32))
  const id = encode(rawId)
  const length = Buffer.from([0, rawId.length])
  const attested = Buffer.concat([Buffer.alloc(16), length, rawId, coseKey(publicKey)])
  const { rpId = options.rp.id, verified = true, counter = 0 } = honesty
  const authData = authenticatorData(rpId, verified, counter, attested)
  const attestation = new Map<string, unknown>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', authData],
  ])
  const common = { id, rawId: id, type: 'public-key' } as const
  return {
    id,
    creation: {
      ...common,
      response: {
        clientDataJSON: clientData(honesty.type ?? 'webauthn.create', options.challenge, honesty.origin ?? origin),
        attestationObject: encode(cbor(attestation)),
        transports: ['internal'],
      },
    },
    use(asked, how = {}) {
      const clientDataJSON = clientData(how.type ?? 'webauthn.get', asked.challenge, how.origin ?? origin)
      const data = authenticatorData(how.rpId ?? asked.rpId, how.verified ?? true, how.counter ?? 0)
      const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
      const signature = encode(sign('sha256', signed, privateKey))
      return { ...common, response: { clientDataJSON, authenticatorData: encode(data), signature } }
    },
  }
}
