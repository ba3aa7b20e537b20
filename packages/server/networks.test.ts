import { expect, test } from 'bun:test'
import { isWithin, parseNetworks } from './networks.ts'

test('addresses are within a network of the list or not, mapped ones as what they are', () => {
  const networks = parseNetworks('10.20.0.0/16, 192.0.2.7,fd00::/8')
  if (!networks) throw new Error('That is a list.')
  for (const inside of ['10.20.0.1', '10.20.255.255', '192.0.2.7', '::ffff:10.20.3.4', 'fd12::1']) {
    expect(isWithin(networks, inside)).toBe(true)
  }
  for (const outside of ['10.21.0.1', '192.0.2.8', '::ffff:10.21.0.1', 'fe80::1', '::1']) {
    expect(isWithin(networks, outside)).toBe(false)
  }
})

test('what is no list of networks is told', () => {
  for (const bad of [
    '',
    'x',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0/8',
    'fd00::/129',
    '10.0.0.1,',
  ]) {
    expect(parseNetworks(bad)).toBeNull()
  }
})
