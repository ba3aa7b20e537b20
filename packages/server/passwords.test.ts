import { expect, test } from 'bun:test'
import { cpus } from 'node:os'
import { createPasswords, recommendedCost } from './passwords.ts'

const cheap = { memoryCost: 8, timeCost: 1 }

test('a password verifies against its own hash only', async () => {
  const { hash, verify } = createPasswords(cheap)
  const [one, again] = [await hash('correct horse'), await hash('correct horse')]
  if (!one.ok || !again.ok) throw new Error('Not available.')
  expect(one.value).toStartWith('$argon2id$')
  expect(one.value).not.toBe(again.value)
  expect(await verify('correct horse', one.value)).toEqual({ ok: true, value: true })
  for (const wrong of ['Correct horse', 'correct horse ', '', 'x'.repeat(128)])
    expect(await verify(wrong, one.value)).toEqual({ ok: true, value: false })
})

test('nobody’s password matches where there is no hash', async () => {
  const { verify } = createPasswords(cheap)
  expect(await verify('', null)).toEqual({ ok: true, value: false })
})

test('whether there is a hash does not show in the time that it takes to compare', async () => {
  const { hash, verify } = createPasswords()
  const made = await hash('correct horse')
  if (!made.ok) throw new Error('Not available.')
  const fastest = async (stored: string | null) => {
    const times: number[] = []
    for (let count = 0; count < 5; count += 1) {
      const began = performance.now()
      await verify('wrong', stored)
      times.push(performance.now() - began)
    }
    return Math.min(...times)
  }
  const [real, none] = [await fastest(made.value), await fastest(null)]
  expect(none / real).toBeWithin(0.5, 2)
})

test('the stated cost is the one that is paid', async () => {
  const { hash } = createPasswords()
  const made = await hash('correct horse')
  expect(made.ok && made.value).toContain(`m=${recommendedCost.memoryCost},t=${recommendedCost.timeCost},p=1$`)
})

test('more than can be served soon are refused at once, and the rest are served', async () => {
  const { hash } = createPasswords(cheap)
  const began = Array.from({ length: 200 }, () => hash('correct horse'))
  const answers = await Promise.all(began)
  const served = answers.filter(({ ok }) => ok)
  expect(served).toHaveLength(64 + Math.max(1, cpus().length - 1))
  expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, code: 'unavailable', retry_after_ms: 3_000 })
  expect((await hash('correct horse')).ok).toBe(true)
})

test('a broken hash fails alone and holds up nobody', async () => {
  const { hash, verify } = createPasswords(cheap)
  for (let index = 0; index < cpus().length * 2; index += 1)
    expect(await verify('correct horse', 'not a hash').catch(() => 'failed')).toBe('failed')
  expect((await hash('correct horse')).ok).toBe(true)
})
