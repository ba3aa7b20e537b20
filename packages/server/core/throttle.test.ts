import { expect, test } from 'bun:test'
import { createThrottle } from './throttle.ts'

const limits = { triesPerAccount: 3, triesPerAddress: 6, wait: 1_000 }
const hour = 3_600_000

function makeThrottle() {
  let time = 1_000_000
  const throttle = createThrottle(() => time, limits)
  return {
    ...throttle,
    pass: (milliseconds: number) => (time += milliseconds),
    /** As many wrong tries as are admitted, of `count`. */
    guess(address: string, login: string, count: number): number {
      let admitted = 0
      for (let index = 0; index < count; index += 1) {
        if (!throttle.admit(address, login).ok) continue
        throttle.fail(address, login)
        admitted += 1
      }
      return admitted
    },
  }
}

test('an address may guess at an account a few times, then waits; each further time doubles it', () => {
  const throttle = makeThrottle()
  expect(throttle.guess('a', 'one', 100)).toBe(3)
  expect(throttle.admit('a', 'one')).toEqual({ ok: false, code: 'too_many_requests', retry_after_ms: 1_000 })
  throttle.pass(999)
  expect(throttle.admit('a', 'one')).toMatchObject({ retry_after_ms: 1 })
  throttle.pass(1)
  expect(throttle.guess('a', 'one', 100)).toBe(1)
  expect(throttle.admit('a', 'one')).toMatchObject({ retry_after_ms: 2_000 })
  throttle.pass(2_000)
  expect(throttle.guess('a', 'one', 100)).toBe(1)
  expect(throttle.admit('a', 'one')).toMatchObject({ retry_after_ms: 4_000 })
})

test('no wait is longer than an hour', () => {
  const throttle = makeThrottle()
  for (let round = 0; round < 30; round += 1) {
    throttle.guess('a', 'one', 100)
    const refused = throttle.admit('a', 'one')
    if (refused.ok) throw new Error('Was to wait.')
    expect(refused.retry_after_ms).toBeLessThanOrEqual(hour)
    throttle.pass(refused.retry_after_ms ?? 0)
  }
})

test('guessing at many accounts from one address is limited for all of them together', () => {
  const throttle = makeThrottle()
  const admitted = Array.from({ length: 20 }, (_, index) => throttle.guess('a', `account ${index}`, 1))
  expect(admitted.reduce((sum, count) => sum + count)).toBe(6)
  expect(throttle.admit('a', 'not tried yet').ok).toBe(false)
  expect(throttle.admit('b', 'not tried yet').ok).toBe(true)
})

test('the owner is not locked out from elsewhere, only held back a little', () => {
  const throttle = makeThrottle()
  for (let index = 0; index < 500; index += 1) throttle.guess(`attacker ${index}`, 'one', 3)
  const admitted = throttle.admit('home', 'one')
  if (!admitted.ok) throw new Error('The owner is locked out.')
  expect(admitted.delay).toBeGreaterThan(0)
  expect(admitted.delay).toBeLessThanOrEqual(2_000)
  expect(throttle.admit('home', 'two')).toEqual({ ok: true, delay: 0 })
})

test('the right password clears this address’s count for the account, and takes its own try back', () => {
  const throttle = makeThrottle()
  throttle.guess('a', 'one', 2)
  throttle.fail('a', 'one')
  throttle.forgive('a', 'one')
  expect(throttle.guess('a', 'one', 100)).toBe(3)
})

test('knowing one password does not free an address to guess at others', () => {
  const throttle = makeThrottle()
  let admitted = 0
  for (let index = 0; index < 50; index += 1) {
    admitted += throttle.guess('a', `account ${index}`, 1)
    if (!throttle.admit('a', 'own').ok) continue
    throttle.fail('a', 'own')
    throttle.forgive('a', 'own')
  }
  expect(admitted).toBe(6)
})

test('tries under way count: many at once are no way around', () => {
  const throttle = makeThrottle()
  const admitted = Array.from({ length: 50 }, () => {
    const admission = throttle.admit('a', 'one')
    if (admission.ok) throttle.fail('a', 'one')
    return admission.ok
  })
  expect(admitted.filter(Boolean)).toHaveLength(3)
})

test('a try that was not checked counts for nothing, and clears nothing', () => {
  const throttle = makeThrottle()
  throttle.guess('a', 'one', 2)
  throttle.fail('a', 'one')
  expect(throttle.admit('a', 'one').ok).toBe(false)
  throttle.takeBack('a', 'one')
  expect(throttle.guess('a', 'one', 100)).toBe(1)
})

test('an hour of peace forgets', () => {
  const throttle = makeThrottle()
  throttle.guess('a', 'one', 100)
  throttle.pass(1_000 + hour)
  expect(throttle.guess('a', 'one', 100)).toBe(3)
})

test('the oldest tallies go when there are too many to keep', () => {
  const throttle = makeThrottle()
  throttle.guess('first', 'one', 3)
  expect(throttle.admit('first', 'one').ok).toBe(false)
  for (let index = 0; index < 40_000; index += 1) throttle.fail(`address ${index}`, `account ${index}`)
  expect(throttle.admit('first', 'one').ok).toBe(true)
})
