import { expect, test } from 'bun:test'
import { groupNameOf } from './choices.ts'

test('a group without a name is called by its people, whole names only', () => {
  expect(groupNameOf([], '、', 32)).toBe('')
  expect(groupNameOf(['甲', '乙', '丙'], '、', 32)).toBe('甲、乙、丙')
  expect(groupNameOf(['one', 'two', 'three'], ', ', 10)).toBe('one, two')
})
