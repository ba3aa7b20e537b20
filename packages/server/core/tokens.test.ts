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
