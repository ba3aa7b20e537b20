import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { createRateLimit } from './rate-limit.ts'

function makeLimit(perSecond: number) {
  let time = 0
  const { take } = createRateLimit(perSecond, () => time)
  return {
    take,
    pass: (milliseconds: number) => (time += milliseconds),
    /** How many of `count` are let through. */
    takeMany: (key: string, count: number) =>
      Array.from({ length: count }, () => take(key)).filter((wait) => wait === 0).length,
  }
}

test('a burst of ten seconds’ worth passes, then as many a second as stated', () => {
  const { pass, takeMany } = makeLimit(5)
  expect(takeMany('a', 100)).toBe(50)
  pass(1_000)
  expect(takeMany('a', 100)).toBe(5)
  pass(3_600_000)
  expect(takeMany('a', 100)).toBe(50)
})

test('a refusal says how long to wait, and after that one passes', () => {
  const { take, pass, takeMany } = makeLimit(4)
  takeMany('a', 40)
  expect(take('a')).toBe(250)
  pass(125)
  expect(take('a')).toBe(125)
  pass(125)
  expect(take('a')).toBe(0)
  expect(take('a')).toBe(250)
})

test('each key has its own', () => {
  const { take, takeMany } = makeLimit(1)
  takeMany('a', 100)
  expect(take('b')).toBe(0)
})

test('over any time no more pass than the burst and the rate allow', () => {
  const step = fc.record({ wait: fc.nat(3_000), tries: fc.nat(40) })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(step), (perSecond, steps) => {
      const { pass, takeMany } = makeLimit(perSecond)
      let passed = 0
      let time = 0
      for (const { wait, tries } of steps) {
        pass(wait)
        time += wait
        passed += takeMany('a', tries)
        expect(passed).toBeLessThanOrEqual(perSecond * 10 + (time / 1000) * perSecond + 1e-6)
      }
    }),
  )
})

test('more keys than it can remember: the one that came first is forgotten', () => {
  const { take, takeMany } = makeLimit(1)
  takeMany('first', 10)
  takeMany('second', 10)
  for (let index = 0; index < 99_999; index += 1) take(`address ${index}`)
  expect(takeMany('second', 100)).toBe(0)
  expect(takeMany('first', 100)).toBe(10)
})

test('[P9] what costs more takes more, or the whole burst where that is less, and is told when there is enough', () => {
  const { take, pass } = makeLimit(4)
  expect([take('a', 10), take('a', 10), take('a', 10), take('a', 10), take('a')]).toEqual([0, 0, 0, 0, 250])
  expect(take('a', 10)).toBe(2_500)
  pass(2_500)
  expect([take('a', 10), take('a')]).toEqual([0, 250])
  expect([take('b', 1_000), take('b')]).toEqual([0, 250])
})
