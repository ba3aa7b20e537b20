import { expect, test } from 'bun:test'
import { isResting, restAfter } from './note-rest.ts'

test('[P91] a device rests after ten minutes without a touch, and not a moment before', () => {
  const now = 1_700_000_000_000
  expect(isResting(now, now)).toBe(false)
  expect(isResting(now - restAfter + 1, now)).toBe(false)
  expect(isResting(now - restAfter, now)).toBe(true)
  // Never touched, as far as is known.
  expect(isResting(0, now)).toBe(true)
})
