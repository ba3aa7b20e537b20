import { expect, test } from 'bun:test'
import { createTurns } from './turns.ts'

function fail(error: unknown): never {
  throw error
}

test('work of one key waits for the one before it, in order; of another key it does not', async () => {
  const take = createTurns(8, fail)
  const first = Promise.withResolvers<void>()
  const done: string[] = []
  const note = (name: string, before?: Promise<void>) => async () => {
    await before
    done.push(name)
  }
  take('a', note('a1', first.promise))
  take('a', note('a2'))
  take('b', note('b1'))
  await Bun.sleep(0)
  expect(done).toEqual(['b1'])
  first.resolve()
  await Bun.sleep(0)
  take('a', note('a3'))
  await Bun.sleep(0)
  expect(done).toEqual(['b1', 'a1', 'a2', 'a3'])
})

test('what comes beyond the most of a key is dropped', async () => {
  const take = createTurns(2, fail)
  const done: number[] = []
  const first = Promise.withResolvers<void>()
  take('a', () => first.promise)
  for (const index of [1, 2, 3]) take('a', async () => void done.push(index))
  first.resolve()
  await Bun.sleep(0)
  expect(done).toEqual([1])
})

test('what throws is told, and those behind it have their turn', async () => {
  const told: unknown[] = []
  const take = createTurns(8, (error) => void told.push(error))
  const done: number[] = []
  const bug = new Error('a bug')
  take('a', () => Promise.reject(bug))
  take('a', async () => {
    throw bug
  })
  take('a', async () => void done.push(3))
  await Bun.sleep(0)
  take('a', async () => void done.push(4))
  await Bun.sleep(0)
  expect(told).toEqual([bug, bug])
  expect(done).toEqual([3, 4])
})
