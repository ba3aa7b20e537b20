import { expect, test } from 'bun:test'
import { createTallies } from '../store/sqlite/tallies.ts'
import { createThrottle } from './throttle.ts'

const limits = { triesPerAccount: 3, triesPerAddress: 6, wait: 1_000 }
const hour = 3_600_000

function makeThrottle() {
  let time = 1_000_000
  const clock = { now: () => time, sleep: () => Promise.resolve() }
  const throttle = createThrottle({ store: { tallies: createTallies() }, clock }, limits)
  return {
    ...throttle,
    pass: (milliseconds: number) => (time += milliseconds),
    /** As many wrong tries as are admitted, of `count`. */
    async guess(address: string, login: string, count: number): Promise<number> {
      let admitted = 0
      for (let index = 0; index < count; index += 1) if ((await throttle.admit(address, login)).ok) admitted += 1
      return admitted
    },
  }
}

test('an address may guess at an account a few times, then waits; each further time doubles it', async () => {
  const throttle = makeThrottle()
  expect(await throttle.guess('a', 'one', 100)).toBe(3)
  expect(await throttle.admit('a', 'one')).toEqual({ ok: false, code: 'too_many_requests', retry_after_ms: 1_000 })
  throttle.pass(999)
  expect(await throttle.admit('a', 'one')).toMatchObject({ retry_after_ms: 1 })
  throttle.pass(1)
  expect(await throttle.guess('a', 'one', 100)).toBe(1)
  expect(await throttle.admit('a', 'one')).toMatchObject({ retry_after_ms: 2_000 })
  throttle.pass(2_000)
  expect(await throttle.guess('a', 'one', 100)).toBe(1)
  expect(await throttle.admit('a', 'one')).toMatchObject({ retry_after_ms: 4_000 })
})

test('no wait is longer than an hour', async () => {
  const throttle = makeThrottle()
  for (let round = 0; round < 30; round += 1) {
    await throttle.guess('a', 'one', 100)
    const refused = await throttle.admit('a', 'one')
    if (refused.ok) throw new Error('Was to wait.')
    expect(refused.retry_after_ms).toBeLessThanOrEqual(hour)
    throttle.pass(refused.retry_after_ms ?? 0)
  }
})

test('guessing at many accounts from one address is limited for all of them together', async () => {
  const throttle = makeThrottle()
  let admitted = 0
  for (let index = 0; index < 20; index += 1) admitted += await throttle.guess('a', `account ${index}`, 1)
  expect(admitted).toBe(6)
  expect((await throttle.admit('a', 'not tried yet')).ok).toBe(false)
  expect((await throttle.admit('b', 'not tried yet')).ok).toBe(true)
})

test('the owner is not locked out from elsewhere, only held back a little', async () => {
  const throttle = makeThrottle()
  for (let index = 0; index < 500; index += 1) await throttle.guess(`attacker ${index}`, 'one', 3)
  const admitted = await throttle.admit('home', 'one')
  if (!admitted.ok) throw new Error('The owner is locked out.')
  expect(admitted.value.delay).toBeGreaterThan(0)
  expect(admitted.value.delay).toBeLessThanOrEqual(2_000)
  expect(await throttle.admit('home', 'two')).toEqual({ ok: true, value: { delay: 0 } })
})

test('the right password clears this address’s count for the account, and takes its own try back', async () => {
  const throttle = makeThrottle()
  await throttle.guess('a', 'one', 3)
  await throttle.forgive('a', 'one')
  expect(await throttle.guess('a', 'one', 100)).toBe(3)
})

test('knowing one password does not free an address to guess at others', async () => {
  const throttle = makeThrottle()
  let admitted = 0
  for (let index = 0; index < 50; index += 1) {
    admitted += await throttle.guess('a', `account ${index}`, 1)
    if (!(await throttle.admit('a', 'own')).ok) continue
    await throttle.forgive('a', 'own')
  }
  expect(admitted).toBe(6)
})

test('tries under way count: many at once are no way around', async () => {
  const throttle = makeThrottle()
  const admitted = await Promise.all(Array.from({ length: 50 }, () => throttle.admit('a', 'one')))
  expect(admitted.filter(({ ok }) => ok)).toHaveLength(3)
})

test('a try that was not checked counts for nothing, and clears nothing', async () => {
  const throttle = makeThrottle()
  await throttle.guess('a', 'one', 3)
  expect((await throttle.admit('a', 'one')).ok).toBe(false)
  await throttle.takeBack('a', 'one')
  expect(await throttle.guess('a', 'one', 100)).toBe(1)
})

test('an hour of peace forgets', async () => {
  const throttle = makeThrottle()
  await throttle.guess('a', 'one', 100)
  throttle.pass(1_000 + hour)
  expect(await throttle.guess('a', 'one', 100)).toBe(3)
})
