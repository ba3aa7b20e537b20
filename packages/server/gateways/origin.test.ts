import { expect, test } from 'bun:test'
import { clientAddress, isForeignOrigin } from './origin.ts'

const headers = (given: Record<string, string>) => new Headers(given)
const host = '127.0.0.1:8080'

test('programs, which name no origin, are not foreign', () => {
  expect(isForeignOrigin(headers({ host }), undefined)).toBe(false)
})

test('our own pages pass', () => {
  expect(isForeignOrigin(headers({ host, origin: `http://${host}` }), undefined)).toBe(false)
  expect(isForeignOrigin(headers({ host: '[::1]:8080', origin: 'http://[::1]:8080' }), undefined)).toBe(false)
})

test.each([
  'http://127.0.0.1',
  'http://127.0.0.1:8081',
  'http://localhost:8080',
  'http://evil.example',
  `http://${host}.evil.example`,
  `http://evil.example/${host}`,
  `http://${host}@evil.example`,
  'null',
  '',
  'garbage',
  'file://',
])('pages of %p are foreign', (origin) => {
  expect(isForeignOrigin(headers({ host, origin }), undefined)).toBe(true)
})

test('a request without a host has no pages of its own', () => {
  expect(isForeignOrigin(headers({ origin: `http://${host}` }), undefined)).toBe(true)
})

test('behind a proxy the address of the settings is ours, and no address like it', () => {
  const foreign = ['http://chat.example', 'https://chat.example:444', 'https://chat.example.evil.example']
  for (const origin of ['https://chat.example', ...foreign])
    expect(isForeignOrigin(headers({ host, origin }), 'https://chat.example/path')).toBe(foreign.includes(origin))
})

test('without proxies nobody’s word about their address is believed', () => {
  expect(clientAddress(headers({ 'x-forwarded-for': '9.9.9.9' }), '10.0.0.1', 0)).toBe('10.0.0.1')
})

test.each([
  ['203.0.113.7', 1, '203.0.113.7'],
  ['9.9.9.9, 203.0.113.7', 1, '203.0.113.7'],
  ['9.9.9.9,203.0.113.7,10.1.1.1', 2, '203.0.113.7'],
  ['9.9.9.9, , 203.0.113.7', 1, '203.0.113.7'],
  ['203.0.113.7', 2, '10.0.0.1'],
  ['', 1, '10.0.0.1'],
  ['203.0.113.7, ', 1, '10.0.0.1'],
])('of %p behind %d proxies, %p is believed', (forwarded, proxies, address) => {
  expect(clientAddress(headers({ 'x-forwarded-for': forwarded }), '10.0.0.1', proxies)).toBe(address)
})

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['fe80::1%a:b:c:d:e:f:g:h:i', 'fe80:0:0:0::/64'],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
  ['203.0.113.7', '203.0.113.7'],
])('%p counts as %p', (address, network) => {
  expect(clientAddress(headers({}), address, 0)).toBe(network)
})
