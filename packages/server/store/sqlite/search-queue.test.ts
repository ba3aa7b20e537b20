/** Searches beside everything else: nobody waits for somebody else's. */
import { expect, test } from 'bun:test'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePair } from '../contract/people.ts'
import { openSearcher } from './search-queue.ts'
import { openSqliteStore } from './store.ts'

function onFatal(reason: string): never {
  throw new Error(reason)
}

async function makeStore() {
  const folder = mkdtempSync(join(tmpdir(), 'rookery-store-'))
  return { store: await openSqliteStore(folder, onFatal), file: join(folder, 'rookery.db') }
}

test('the loop goes on while a search is under way', async () => {
  const { store } = await makeStore()
  let isAnswered = false
  const searched = store.accounts.search('one', 5).then((people) => {
    isAnswered = true
    return people
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(isAnswered).toBe(false)
  expect(await searched).toEqual([])
  await store.close()
})

test('people take turns, however many searches one of them has waiting', async () => {
  const { store, file } = await makeStore()
  await makePair(store)
  const searcher = openSearcher(file)
  const order: string[] = []
  const ask = async (asker: number, name: string) => {
    await searcher.search('people', { query: '1', limit: 1 }, asker)
    order.push(name)
  }
  await Promise.all([ask(1, 'a1'), ask(1, 'a2'), ask(1, 'a3'), ask(1, 'a4'), ask(2, 'b1'), ask(3, 'c1'), ask(2, 'b2')])
  expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
  searcher.close()
  await store.close()
})

test('what cannot be searched rejects, and takes no other with it; what is open when it closes rejects too', async () => {
  const { store, file } = await makeStore()
  const searcher = openSearcher(file)
  const outcomes = await Promise.allSettled([
    // SQLite binds no object.
    searcher.search('people', { query: {} as string, limit: 1 }),
    searcher.search('groups', { query: 'x', limit: 1 }),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  const late = searcher.search('groups', { query: 'x', limit: 1 })
  searcher.close()
  expect(await late.then(() => 'answered', String)).toContain('closed')
  expect(await searcher.search('groups', { query: 'x', limit: 1 }).then(() => 'answered', String)).toContain('closed')
  await store.close()
})
