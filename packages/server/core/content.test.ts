import { expect, test } from 'bun:test'
import { LIMITS, type Body } from '@rookery/protocol'
import { contentOf } from './content.ts'

const merged = (...texts: readonly string[]): Body => ({
  kind: 'merged',
  title: '',
  items: texts.map((text) => ({ number: 10_001, name: 'x', at: 1, text })),
})
const wordsOf = (body: Body) => contentOf(body).searchable?.words ?? ''

test('[P73] what was said apart is apart in a merged forward, by one place', () => {
  expect(wordsOf(merged('今天', '...', '', '气死了', 'ok'))).toBe('今 天 ¶ 气 死 了 ¶ ok')
  expect(wordsOf(merged('¶', 'a ¶ b'))).toBe('a b')
  expect(wordsOf(merged('...', '!'))).toBe('')
})

test('[P73] of one message the first 16,000 units of words are looked through, whole words', () => {
  const full = '字'.repeat(LIMITS.textLength)
  expect(wordsOf({ kind: 'text', text: full })).toBe(Array.from(full).join(' '))
  expect(wordsOf(merged(full, 'beyond'))).toBe(wordsOf({ kind: 'text', text: full }))
  const long = merged(...Array.from({ length: 5 }, (_, index) => `word${index} `.repeat(1_300)))
  expect(wordsOf(long).length).toBeLessThanOrEqual(16_000)
  expect(wordsOf(long)).toEndWith(' word2')
  // Letters that are spelt out when they are folded.
  for (const letter of ['ﬃ', '㌔', '\ufdfa']) {
    const words = wordsOf({ kind: 'text', text: letter.repeat(LIMITS.textLength) })
    expect(words.length).toBeGreaterThan(15_900)
    expect(words.length).toBeLessThanOrEqual(16_000)
  }
})

test('[P73] a hundred messages of an ordinary length are looked through whole', () => {
  const texts = Array.from({ length: LIMITS.forwarded }, (_, index) => `${'今天我们去学校吃饭'.repeat(8)}${index}`)
  const sentences = texts.map((_, index) => `${'see you at the meeting tomorrow '.repeat(4)}${index}`)
  expect(wordsOf(merged(...texts))).toEndWith(' 99')
  expect(wordsOf(merged(...sentences))).toEndWith(' 99')
})
