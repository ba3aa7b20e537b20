import { afterEach, beforeEach, expect, test } from 'bun:test'
import { passkeySupport } from './passkey-browser.ts'

const page = (protocol: string, hostname: string, port = '') => ({ protocol, hostname, port }) as Location

beforeEach(() => {
  Object.assign(globalThis, { isSecureContext: true, PublicKeyCredential: {} })
})
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'isSecureContext')
  Reflect.deleteProperty(globalThis, 'PublicKeyCredential')
})

test('[P88] passkeys need a host name; on this machine there is one', () => {
  expect(passkeySupport(page('https:', 'chat.example.org'))).toEqual({ kind: 'yes' })
  expect(passkeySupport(page('http:', 'localhost', '8080'))).toEqual({ kind: 'yes' })
  expect(passkeySupport(page('http:', '127.0.0.1', '8080'))).toEqual({ kind: 'name', address: 'http://localhost:8080' })
  expect(passkeySupport(page('http:', '[::1]'))).toEqual({ kind: 'name', address: 'http://localhost' })
  for (const address of ['10.0.0.7', '[fd00::7]']) expect(passkeySupport(page('https:', address)).kind).toBe('no')
})

test('a browser without them, or a page without TLS, has none', () => {
  Object.assign(globalThis, { isSecureContext: false })
  expect(passkeySupport(page('http:', 'chat.example.org')).kind).toBe('no')
  Object.assign(globalThis, { isSecureContext: true })
  Reflect.deleteProperty(globalThis, 'PublicKeyCredential')
  expect(passkeySupport(page('https:', 'chat.example.org')).kind).toBe('no')
})
