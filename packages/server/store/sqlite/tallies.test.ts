import { expect, test } from 'bun:test'
import { createTallies } from './tallies.ts'

test('the oldest tallies go when there are too many to keep', async () => {
  const tallies = createTallies()
  const tally = { failures: 1, until: 0, expires: 10 }
  const read = (key: string) => tallies.change([key], 1, ([found = null]) => ({ value: found, tallies: [found] }))
  for (let index = 0; index < 100_001; index += 1)
    await tallies.change([`key ${index}`], 1, () => ({ value: null, tallies: [tally] }))
  expect(await read('key 0')).toEqual({ ok: true, value: null })
  expect(await read('key 1')).toEqual({ ok: true, value: tally })
})
