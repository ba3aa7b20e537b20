import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { foldName } from './names.ts'

test.each([
  ['Two', 'two'],
  ['  two\u3000', 'two'],
  ['１００８６', '10086'],
  ['Ｔｗｏ', 'two'],
  ['甲', '甲'],
  ['é', 'e\u0301'.normalize('NFC')],
  ['e\u0301', 'é'],
  ['ﬁve', 'five'],
  ['   ', ''],
])('%p folds to %p', (typed, folded) => {
  expect(foldName(typed)).toBe(folded)
})

test('ASCII names that differ in case or width only are the same name', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'Y', 'Z', '0', '9', '-', '_', '.'), minLength: 1 })
  fc.assert(
    fc.property(word, (name) => {
      const wide = name.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
      expect(foldName(wide)).toBe(foldName(name))
      expect(foldName(name.toUpperCase())).toBe(foldName(name))
      expect(foldName(foldName(name))).toBe(foldName(name))
    }),
  )
})
