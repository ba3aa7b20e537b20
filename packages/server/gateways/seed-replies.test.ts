import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { formatTime, splitText, textBytes } from './seed-replies.ts'

const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 3_000 })

test('the parts are the text, each fits a reply, and none is empty or cut inside a character', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const parts = splitText(text, 'historic')
      expect(parts.join('')).toBe(text)
      for (const part of parts) {
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(textBytes)
        expect(part.length).toBeGreaterThan(0)
        expect(part.isWellFormed()).toBe(true)
      }
    }),
  )
})

test('the seed layout has no colon in texts or times, and nothing else changes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const whole = splitText(text, 'seed').join('')
      expect(whole).not.toContain(':')
      expect(whole.replaceAll('：', ':')).toBe(text.replaceAll('：', ':'))
    }),
  )
})

test('989 bytes are one reply, one more are two', () => {
  expect(splitText('x'.repeat(989), 'seed')).toHaveLength(1)
  expect(splitText('x'.repeat(990), 'seed')).toEqual(['x'.repeat(989), 'x'])
  expect(splitText('字'.repeat(330), 'seed').map((part) => part.length)).toEqual([329, 1])
})

test('times have 19 characters in both layouts', () => {
  const at = new Date(2026, 0, 2, 3, 4, 5).getTime()
  expect(formatTime(at, 'seed')).toBe('2026-01-02 03-04-05')
  expect(formatTime(at, 'historic')).toBe('2026-01-02 03:04:05')
})
