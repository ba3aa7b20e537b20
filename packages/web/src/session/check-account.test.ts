import { expect, test } from 'bun:test'
import { checkName, checkPasswords } from './check-account.ts'

test('a name is something, and not a number', () => {
  expect(checkName('  ')).toBe('name_empty')
  expect(checkName('10001')).toBe('name_digits')
  expect(checkName('１２３')).toBe('name_digits')
  expect(checkName('one 1')).toBeNull()
  expect(checkName('甲')).toBeNull()
})

test('passwords are long enough and the same', () => {
  expect(checkPasswords('short', 'short')).toBe('password_short')
  expect(checkPasswords('long enough', 'long enougH')).toBe('passwords_differ')
  expect(checkPasswords('long enough', 'long enough')).toBeNull()
})
