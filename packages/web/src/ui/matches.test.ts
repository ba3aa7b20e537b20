import { expect, test } from 'bun:test'
import { matches } from './matches.ts'

test('people are found by a part of the name or the beginning of the number', () => {
  const person = { name: '甲 One', number: 10_002 }
  for (const query of ['', '甲', 'one', 'ＯＮＥ', '100', ' 10002 ']) expect(matches(person, query)).toBeTrue()
  for (const query of ['乙', '0002', 'two']) expect(matches(person, query)).toBeFalse()
})
