import { expect, test } from 'bun:test'
import { parseMe } from './remembered.ts'

test('whoever was remembered is read as they were written', () => {
  expect(parseMe('{"number":10001,"name":"one","role":"admin"}')).toEqual({
    number: 10_001,
    name: 'one',
    role: 'admin',
  })
})

test('anything else is nobody', () => {
  const others = [null, '', '{', 'null', '[]', '{"number":"10001","name":"one","role":"member"}', '{"number":10001}']
  for (const text of others) expect(parseMe(text)).toBeNull()
  expect(parseMe('{"number":10001,"name":"one","role":"king"}')).toBeNull()
})
