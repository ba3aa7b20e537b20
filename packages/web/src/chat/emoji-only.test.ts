import { expect, test } from 'bun:test'
import { isEmojiOnly } from './emoji-only.ts'

test('one to three emoji, however they are composed', () => {
  for (const text of ['👍', '👍🏽👍🏽', '👩‍👩‍👧', '🇨🇳🇫🇷', '❤️', ' 😀😀😀\n', '1️⃣'])
    expect([text, isEmojiOnly(text)]).toEqual([text, true])
})

test('anything else is text', () => {
  for (const text of ['', ' ', '😀😀😀😀', '好👍', '1', '#', '©', ':)', '👍 a'])
    expect([text, isEmojiOnly(text)]).toEqual([text, false])
})
