import { expect, test } from 'bun:test'
import { operations } from '@rookery/protocol/schemas'
import { makeMessageId } from './uuid.ts'

test('an id has the form of version 7 (RFC 9562, 5.7), with its time in front', () => {
  // The example of RFC 9562, appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F, made at 1645557742000.
  expect(makeMessageId(1_645_557_742_000)).toMatch(/^017f22e2-79b0-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

test('ids of later milliseconds sort later, also where the low bits roll over', () => {
  const times = [0, 1, 0xffff, 0x10000, 2 ** 32 - 1, 2 ** 32, 1_700_000_000_000, 1_700_000_000_001, 2 ** 48 - 1]
  const ids = times.map((time) => makeMessageId(time))
  expect(ids.toSorted()).toEqual(ids)
})

test('no two are the same, and the protocol takes them', () => {
  const ids = Array.from({ length: 10_000 }, () => makeMessageId(1))
  expect(new Set(ids).size).toBe(10_000)
  const input = { conversation: 1, id: makeMessageId(), body: { kind: 'text', text: 'x' } }
  expect(operations['messages.send'].input.safeParse(input).success).toBe(true)
})
