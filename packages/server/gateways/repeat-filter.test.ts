import { expect, test } from 'bun:test'
import { createRepeatFilter } from './repeat-filter.ts'

test('the same bytes are a repeat for one second, whatever came between; others never are', () => {
  let time = 0
  const filter = createRepeatFilter(() => time)
  const [first, second] = [Buffer.from('03#10001#a#'), Buffer.from('03#10001#b#')]
  expect(filter.has(first)).toBe(false)
  filter.add(first)
  filter.add(second)
  time = 999
  expect([filter.has(first), filter.has(second)]).toEqual([true, true])
  expect(filter.has(Buffer.from('03#10001#c#'))).toBe(false)
  time = 1_000
  expect([filter.has(first), filter.has(second)]).toEqual([false, false])
})
