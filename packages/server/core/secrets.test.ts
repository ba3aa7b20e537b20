import { expect, test } from 'bun:test'
import { operations } from '@rookery/protocol/schemas'
import { hashSecret, makeSecret } from './secrets.ts'

const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))

test('a secret is all of its random bytes, in the form that the protocol takes', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => index + 224)
  const { secret } = makeSecret({ randomBytes: (count) => bytes.slice(0, count) })
  expect(Buffer.from(secret, 'base64url')).toEqual(Buffer.from(bytes))
  expect(operations['sessions.resume'].input.safeParse({ token: secret }).success).toBe(true)
})

test('the hash is the SHA-256 of the secret, and tells secrets apart', () => {
  expect(Buffer.from(hashSecret('abc')).toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  const made = Array.from({ length: 100 }, () => makeSecret({ randomBytes }))
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(100)
  for (const { secret, hash } of made) expect(hash).toEqual(hashSecret(secret))
})
