import { expect, test } from 'bun:test'
import { hostName, numberOfHost } from './host-name.ts'

test('a worker reads from its name whose it is', () => {
  expect(numberOfHost(hostName(10_001))).toBe(10_001)
})
