import { expect, test } from 'bun:test'
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
