import { expect, test } from 'bun:test'
import { mentionQuery, splitMentions } from './mentions.ts'

const kinds = (text: string, mine: string[], others: string[]) =>
  splitMentions(text, { mine, others }).map(({ kind, text: part }) => `${kind}:${part}`)

test('names that are called out stand apart, the reader’s own more so', () => {
  expect(kinds('hi @two and @me!', ['me'], ['two'])).toEqual([
    'text:hi ',
    'other:@two',
    'text: and ',
    'me:@me',
    'text:!',
  ])
  expect(kinds('@所有人看这里', ['所有人'], [])).toEqual(['me:@所有人', 'text:看这里'])
})

test('the longer of two names that begin alike is the one that is meant', () => {
  expect(kinds('@anna maria', [], ['anna', 'anna maria'])).toEqual(['other:@anna maria'])
})

test('a name is no pattern', () => {
  expect(kinds('@a.b @axb', [], ['a.b'])).toEqual(['other:@a.b', 'text: @axb'])
  expect(kinds('@(x', [], ['(x'])).toEqual(['other:@(x'])
})

test('the parts joined are the text again', () => {
  for (const text of ['', '@', '@@two', 'two @two@two', 'no names']) {
    const parts = splitMentions(text, { mine: [], others: ['two'] })
    expect(parts.map((part) => part.text).join('')).toBe(text)
  }
})

test('an @ before the caret asks for somebody, one in an address does not', () => {
  expect(mentionQuery('hi @', 4)).toBe('')
  expect(mentionQuery('hi @tw', 6)).toBe('tw')
  expect(mentionQuery('请@小', 3)).toBe('小')
  expect(mentionQuery('me@example', 10)).toBeNull()
  expect(mentionQuery('@two and', 8)).toBeNull()
  expect(mentionQuery('@two', 0)).toBeNull()
})
