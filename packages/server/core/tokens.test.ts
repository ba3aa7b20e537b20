import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { Phrase } from './search-ports.ts'
import { readQuery, tokenize } from './tokens.ts'

test.each([
  ['Hello, World!', ['hello', 'world']],
  ['今天去吃饭', ['今', '天', '去', '吃', '饭']],
  ['用Rookery聊天2026年', ['用', 'rookery', '聊', '天', '2026', '年']],
  ['ＡＢＣ １２３', ['abc', '123']],
  ['naïve café', ['naïve', 'café']],
  ['ありがとう', ['あ', 'り', 'が', 'と', 'う']],
  ['привет мир', ['привет', 'мир']],
  ['snake_case a.b@c.d', ['snake', 'case', 'a', 'b', 'c', 'd']],
  ['好 🎉', ['好', '🎉']],
  ['"NEAR(a*) OR -b" ^ : {}', ['near', 'a', 'or', 'b']],
  ['…！？', []],
  ['サーバーAPIの話', ['サ', 'ー', 'バ', 'ー', 'api', 'の', '話']],
  ['あ\u3099API 〆切', ['あ', '\u3099', 'api', '〆', '切']],
  ['ΟΔΟΣ οδος ΟΔΟΣΑ', ['οδοσ', 'οδοσ', 'οδοσα']],
  ['葛\u{e0100}城市 好\ufe0f的 ❤\ufe0fapi', ['葛', '城', '市', '好', '的', '❤', 'api']],
  ['ˇapi ´api 好\u0301api', ['api', 'api', '好', 'api']],
  ['x\u0303 мʼята i\u0307', ['x\u0303', 'мʼята', 'i\u0307']],
  ['・ ー ˇ 。', ['ー']],
])('%p is found by %p', (text, expected) => {
  expect(tokenize(text)).toEqual(expected)
})

test('each part between spaces is a phrase; only a word at its end may be a beginning', () => {
  expect(readQuery('吃饭 hel')).toEqual([
    { tokens: ['吃', '饭'], isPrefix: false },
    { tokens: ['hel'], isPrefix: true },
  ])
  expect(readQuery('用Rook')).toEqual([{ tokens: ['用', 'rook'], isPrefix: true }])
  expect(readQuery(' ?! ')).toEqual([])
})

/** As it would be written. */
const partsOf = (query: string) => readQuery(query).map(({ tokens }) => tokens.join(' '))

test.each([
  ['rook rook ROOK', ['rook']],
  ['r ro rook r', ['rook']],
  ['rook rooms', ['rook', 'rooms']],
  ['今 今天 天', ['今 天']],
  ['今天 天气', ['今 天', '天 气']],
  ['a-b b a', ['a b']],
  ['b-c a-b-c', ['a b c']],
  ['a-bc-d b a-b', ['a bc d']],
  ['a-bc bc-a 今a a今', ['a bc', 'bc a', '今 a', 'a 今']],
  ['天好 天好api 好ap', ['天 好 api']],
  ['用rook 用', ['用 rook']],
])('[P70] of %p only what nothing else implies is looked for: %p', (query, expected) => {
  expect(partsOf(query)).toEqual(expected)
})

test('[P70] of more than eight parts the eight longest are looked for', () => {
  expect(partsOf('a b c d e f g h i j k l m n o p')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  expect(partsOf('so it is as if we go on by me up tomorrow').join(' ')).toBe('so it is as if we go tomorrow')
  expect(partsOf('x 我 y 今天 z 1 2 3 4 5')).toEqual(['x', '我', 'y', '今 天', 'z', '1', '2', '3'])
  expect(partsOf('今天我们去学校吃饭然后一起回家再说明天的事情好不好呢')).toHaveLength(1)
})

function holds(all: readonly string[], { tokens, isPrefix }: Phrase): boolean {
  return all.some((_, start) =>
    tokens.every((token, index) => {
      const there = all[start + index] ?? ''
      return isPrefix && index === tokens.length - 1 ? there.startsWith(token) : there === token
    }),
  )
}

test('[P70] what is looked for is in a text just where all parts are', () => {
  const word = fc.constantFrom('今', '天', '今天', 'a', 'ab', 'abc', 'b', '-', 'a-b', 'ab-', '天a', '好')
  const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(text, text, (said, query) => {
      const all = tokenize(said)
      const each = query.split(' ').flatMap((part) => readQuery(part))
      expect(readQuery(query).every((phrase) => holds(all, phrase))).toBe(each.every((phrase) => holds(all, phrase)))
      expect(readQuery(query).length).toBeLessThanOrEqual(each.length)
    }),
    { numRuns: 2_000 },
  )
})
