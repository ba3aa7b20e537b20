/** Counts that all nodes share. */
import { expect, test } from 'bun:test'
import { ok } from '@rookery/protocol'
import type { Tally } from '../../core/ports.ts'
import { useStore, type OpenStore } from './people.ts'

const now = 1_000_000
const tallyOf = (failures: number): Tally => ({ failures, until: 7, expires: now + 50 })

export function describeTallies(open: OpenStore): void {
  const store = useStore(open)

  const put = (keys: readonly string[], tallies: readonly (Tally | null)[]) =>
    store().tallies.change(keys, now, () => ({ value: null, tallies }))
  const read = (keys: readonly string[], at = now) =>
    store().tallies.change(keys, at, (tallies) => ({ value: [...tallies], tallies }))

  test('what was decided is kept, by key; null forgets', async () => {
    expect(await read(['a', 'b'])).toEqual(ok([null, null]))
    await put(['b', 'a'], [tallyOf(2), tallyOf(1)])
    expect(await read(['a', 'b', 'c'])).toEqual(ok([tallyOf(1), tallyOf(2), null]))
    await put(['a'], [null])
    expect(await read(['a', 'b'])).toEqual(ok([null, tallyOf(2)]))
  })

  test('one that has expired is none', async () => {
    await put(['old'], [tallyOf(3)])
    expect(await read(['old'], now + 49)).toEqual(ok([tallyOf(3)]))
    expect(await read(['old'], now + 50)).toEqual(ok([null]))
  })

  test('nobody comes between reading and keeping, whatever the order of keys', async () => {
    const keys = ['x', 'y']
    const addOne = (list: readonly string[]) =>
      store().tallies.change(list, now, (tallies) => ({
        value: null,
        tallies: tallies.map((tally) => tallyOf((tally?.failures ?? 0) + 1)),
      }))
    await Promise.all(Array.from({ length: 40 }, (_, index) => addOne(index % 2 === 0 ? keys : keys.toReversed())))
    expect(await read(keys)).toEqual(ok([tallyOf(40), tallyOf(40)]))
  })
}
