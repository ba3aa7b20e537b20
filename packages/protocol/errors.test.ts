import { expect, test } from 'bun:test'
import { closeCodes, errors, mayReconnect, ok, refuse, wireError, type ErrorCode } from './errors.ts'

const entries = Object.entries(errors)

test.each(entries)('%s has a status of an error, a sentence, and whether to try again', (_, entry) => {
  expect(entry.status).toBeGreaterThanOrEqual(400)
  expect(entry.status).toBeLessThan(600)
  expect(entry.message).toMatch(/^[A-Z].*\.$/)
  // RFC 9110: 4xx is the caller's mistake, but for 429; 5xx passes.
  expect(entry.retry).toBe(entry.status === 429 || entry.status >= 500 ? 'later' : 'no')
})

test('a refusal on the wire is its table entry, with the pause where it is known', () => {
  for (const [code, { message, retry }] of entries)
    expect(wireError(refuse(code as ErrorCode))).toEqual({ code: code as ErrorCode, message, retry })
  expect(wireError(refuse('too_many_requests', 250))).toMatchObject({ retry_after_ms: 250 })
  expect(wireError(refuse('too_many_requests', 0))).toMatchObject({ retry_after_ms: 0 })
  expect(refuse('internal')).not.toHaveProperty('retry_after_ms')
  expect(ok(null)).toEqual({ ok: true, value: null })
})

test('our close codes lie in the range that RFC 6455 leaves to applications, each once', () => {
  const codes = Object.values(closeCodes)
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) {
    expect(code).toBeGreaterThanOrEqual(4000)
    expect(code).toBeLessThan(5000)
  }
})

test.each([
  [closeCodes.logInDeadline, true],
  [closeCodes.slowConsumer, true],
  [closeCodes.tooManyRequests, true],
  [closeCodes.sessionRevoked, false],
  [closeCodes.badFrame, false],
  [1000, true],
  [1001, true],
  [1005, true],
  [1006, true],
  [1011, true],
  [1012, true],
  [1008, false],
  [1009, false],
  [4000, true],
  [4499, true],
  [4500, false],
  [4999, false],
])('after close code %d, connecting again: %p', (code, may) => {
  expect(mayReconnect(code)).toBe(may)
})
