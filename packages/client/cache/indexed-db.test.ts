/** The cache of browsers keeps what cache.ts promises, and is right again by itself after whatever befell its database. */
import { afterAll, beforeAll, describe, expect, jest, spyOn, test } from 'bun:test'
import * as fake from 'fake-indexeddb'
import { deleteDB, openDB, type IDBPDatabase } from 'idb'
import { describeCacheContract } from './contract.ts'
import { ids, makeContact, makeConversation, makeDevice, makePending } from './contract/rows.ts'
import { makeRow, makeRows, nothing, seqs } from './contract/rows.ts'
import type { Cache, CacheChange } from './cache.ts'
import { openIndexedDbCache } from './indexed-db.ts'

const { default: _, forceCloseDatabase, ...classes } = fake
// A browser of its own: what other tests left is not in it.
const globals = { ...classes, indexedDB: new fake.IDBFactory() }
// Only while these tests run: nothing else here is to take this process for a browser.
beforeAll(() => {
  Object.assign(globalThis, globals)
})
afterAll(() => {
  for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name)
})

let numbers = 10_001
const newNumber = () => (numbers += 1)

async function openFresh(number = newNumber()) {
  let cache = await openIndexedDbCache(number)
  const reopen = async () => {
    cache.close()
    cache = await openIndexedDbCache(number)
    return cache
  }
  return { number, name: `rookery-${number}`, cache, reopen }
}

/** A cache with something of everything, closed. */
async function openFilled() {
  const opened = await openFresh()
  await opened.cache.save({
    device: makeDevice(5),
    contacts: [makeContact(10_002)],
    conversations: [makeConversation(1, { newest: makeRow(1, 200) }), makeConversation(2)],
    messages: makeRows(1, 1, 200),
    pending: [makePending('b'), makePending('a')],
  })
  opened.cache.close()
  return opened
}

async function meddle(name: string, act: (database: IDBPDatabase) => Promise<unknown>): Promise<void> {
  const database = await openDB(name)
  await act(database)
  database.close()
}

/** The database as somebody else made it. */
async function replace(name: string, version: number, make: (database: IDBPDatabase) => void): Promise<void> {
  await deleteDB(name)
  const database = await openDB(name, version, { upgrade: make })
  database.close()
}

describeCacheContract('IndexedDB', openFresh)

test('two people’s caches in one browser have nothing of each other', async () => {
  const [one, other] = [await openFresh(), await openFresh()]
  await one.cache.save({ device: makeDevice(1), messages: [makeRow(1, 1)], pending: [makePending('a')] })
  expect(await other.cache.load()).toEqual(nothing)
  await other.cache.destroy()
  expect((await one.cache.load()).device).toEqual(makeDevice(1))
  expect((await indexedDB.databases()).some(({ name }) => name === other.name)).toBe(false)
})

describe('a database of another layout is made anew, and its pending messages are taken over', () => {
  test.each([
    ['an older one', 1, 'layout 0'],
    ['a newer one', 900, 'layout 3'],
  ])('%s', async (_which, version, marker) => {
    const { number, name } = await openFilled()
    await replace(name, version, (database) => {
      for (const store of [marker, 'messages', 'attachments']) database.createObjectStore(store)
      void database.createObjectStore('device').put(makeDevice(77), 'device')
      const pending = database.createObjectStore('pending')
      const found = [
        makePending('z'),
        { id: 'torn' },
        null,
        makePending('y'),
        'no message',
        makePending('z', { at: 1 }),
      ]
      found.forEach((message, place) => void pending.put(message, place))
    })
    const { cache, reopen } = await openFresh(number)
    expect(await cache.load()).toEqual({ ...nothing, pending: [makePending('z', { at: 1 }), makePending('y')] })
    await cache.save({ device: makeDevice(1), messages: [makeRow(1, 1)], pending: [makePending('x')] })
    const next = await reopen()
    expect(ids((await next.load()).pending)).toEqual(['z', 'y', 'x'])
    expect(await next.page(1, 2, 50)).toEqual([makeRow(1, 1)])
  })

  test('one with nothing in it, and one that lacks a store', async () => {
    for (const stores of [[], ['layout 2', 'device', 'contacts']]) {
      const { number, name } = await openFilled()
      await replace(name, 3, (database) => stores.forEach((store) => database.createObjectStore(store)))
      const { cache } = await openFresh(number)
      expect(await cache.load()).toEqual(nothing)
      await cache.save({ device: makeDevice(1), messages: [makeRow(1, 1)] })
      expect(await cache.page(1, 2, 50)).toEqual([makeRow(1, 1)])
    }
  })

  test('a rebuilding that fails leaves everything where it was', async () => {
    const { number, name } = await openFresh()
    await replace(name, 1, (database) => database.createObjectStore('pending').put(makePending('a'), 1))
    const put = spyOn(fake.IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    })
    expect(await openIndexedDbCache(number).catch(() => 'rejected')).toBe('rejected')
    put.mockRestore()
    expect(ids((await (await openIndexedDbCache(number)).load()).pending)).toEqual(['a'])
  })
})

describe('a damaged database is right again by itself', () => {
  const torn = { ...makeConversation(2), newest: undefined }
  test.each<[string, (database: IDBPDatabase) => Promise<unknown>]>([
    ['no device record', (database) => database.delete('device', 'device')],
    ['a torn device record', (database) => database.put('device', { ...makeDevice(5), rev: 'five' }, 'device')],
    ['a device record of nobody', (database) => database.put('device', { ...makeDevice(5), me: null }, 'device')],
    ['a torn contact', (database) => database.put('contacts', { peer: 10_002 })],
    ['a torn request', (database) => database.put('requests', { conversation: 5, number: 10_004 })],
    ['a torn conversation', (database) => database.put('conversations', torn)],
    ['a torn newest message', (database) => database.put('conversations', { ...torn, newest: {} })],
  ])('%s: all but the pending messages is let go, since no cursor stands for what is missing', async (_which, act) => {
    const { number, name } = await openFilled()
    await meddle(name, act)
    const { cache } = await openFresh(number)
    expect(await cache.load()).toEqual({ ...nothing, pending: [makePending('b'), makePending('a')] })
    expect(await cache.page(1, 201, 50)).toEqual([])
    await cache.save({ device: makeDevice(1) })
    expect((await cache.load()).device).toEqual(makeDevice(1))
  })

  test.each<[string, unknown]>([
    ['is no array', { length: 64 }],
    ['is nothing', null],
    ['is text', 'rows'],
    ['holds no rows', [null, 1, 'row', {}, []]],
    ['holds another conversation’s rows', makeRows(2, 64, 127)],
    ['holds another block’s rows', makeRows(1, 1, 63)],
    ['holds torn rows', makeRows(1, 64, 127).map((row) => ({ ...row, body: undefined }))],
    ['holds rows of no place', makeRows(1, 64, 127).map((row) => ({ ...row, seq: row.seq + 0.5 }))],
  ])('a block that %s is a hole, and is filled like one', async (_which, record) => {
    const { number, name } = await openFilled()
    await meddle(name, (database) => database.put('messages', record, [1, 1]))
    const { cache } = await openFresh(number)
    expect(seqs(await cache.page(1, 201, 200))).toEqual(seqs(makeRows(1, 128, 200)))
    expect(await cache.page(1, 128, 200)).toEqual([])
    expect(seqs(await cache.page(1, 64, 200))).toEqual(seqs(makeRows(1, 1, 63)))
    await cache.save({ messages: makeRows(1, 64, 127) })
    expect(await cache.page(1, 201, 200)).toEqual(makeRows(1, 1, 200))
  })

  test('of a block the rows that fit are held', async () => {
    const { number, name } = await openFilled()
    const rows = makeRows(1, 64, 127).map((row) => (row.seq === 100 ? { ...row, conversation: 2 } : row))
    await meddle(name, (database) => database.put('messages', rows, [1, 1]))
    const { cache } = await openFresh(number)
    expect(seqs(await cache.page(1, 201, 200))).toEqual(seqs(makeRows(1, 101, 200)))
    expect(await cache.page(1, 100, 36)).toEqual(makeRows(1, 64, 99))
    await cache.save({ messages: [makeRow(1, 100)] })
    expect(await cache.page(1, 201, 200)).toEqual(makeRows(1, 1, 200))
  })

  test('of pending messages those that can be read are held', async () => {
    const { number, name } = await openFilled()
    await meddle(name, async (database) => {
      await database.put('pending', { id: 'torn' })
      await database.put('pending', { ...makePending('torn forward'), body: { kind: 'forward', from: 'x', seqs: [1] } })
      await database.put('pending', { ...makePending('lost'), state: { kind: 'sent' } })
    })
    const { cache } = await openFresh(number)
    expect((await cache.load()).device).toEqual(makeDevice(5))
    expect(ids((await cache.load()).pending)).toEqual(['b', 'a'])
  })
})

async function expectGone(cache: Cache): Promise<void> {
  expect(await cache.save({ device: makeDevice(6) }).catch(() => 'rejected')).toBe('rejected')
  expect(await cache.dropMessages().catch(() => 'rejected')).toBe('rejected')
  expect(await cache.load()).toEqual(nothing)
  expect(await cache.page(1, 201, 50)).toEqual([])
  await cache.destroy()
}

describe('what cannot be opened or written is told', () => {
  test('where there is no IndexedDB, or it may not be used, opening rejects', async () => {
    Reflect.deleteProperty(globalThis, 'indexedDB')
    expect(await openIndexedDbCache(newNumber()).catch(() => 'rejected')).toBe('rejected')
    Object.assign(globalThis, globals)
    const open = spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('The user denied permission.', 'SecurityError')
    })
    expect(await openIndexedDbCache(newNumber()).catch(() => 'rejected')).toBe('rejected')
    open.mockRestore()
  })

  test('where another window keeps an older layout open, opening rejects, and later works', async () => {
    const { number, name } = await openFresh()
    await replace(name, 1, (database) => database.createObjectStore('pending').put(makePending('a'), 1))
    const stubborn = await openDB(name)
    expect(await openIndexedDbCache(number).catch(() => 'rejected')).toBe('rejected')
    stubborn.close()
    const cache = await openIndexedDbCache(number)
    expect(ids((await cache.load()).pending)).toEqual(['a'])
    cache.close()
    // The attempt that was given up stands in nobody's way.
    const blocked = jest.fn()
    await deleteDB(name, { blocked })
    expect(blocked).not.toHaveBeenCalled()
  })

  test('once the database was deleted under it, saves reject and reads find nothing', async () => {
    const { number, name } = await openFilled()
    const { cache } = await openFresh(number)
    await deleteDB(name)
    await expectGone(cache)
  })

  test('once the browser closed the database, saves reject and reads find nothing', async () => {
    const { number } = await openFilled()
    const transaction = spyOn(fake.IDBDatabase.prototype, 'transaction')
    const { cache } = await openFresh(number)
    transaction.mockClear()
    const saving = cache.save({ messages: makeRows(1, 201, 300) })
    const reading = [cache.load(), cache.page(1, 201, 50)]
    const cut = transaction.mock.results.map(({ value }) => value as IDBTransaction)
    transaction.mockRestore()
    for (const each of cut) each.abort()
    for (const { db } of cut) forceCloseDatabase(db as unknown as typeof IDBDatabase)
    expect(cut).toHaveLength(3)
    expect(await saving.catch(() => 'rejected')).toBe('rejected')
    expect(await Promise.all<unknown>(reading)).toEqual([nothing, []])
    await expectGone(cache)
    expect(await (await openIndexedDbCache(number)).load()).toEqual(nothing)
  })

  test('a change of which any part cannot be kept leaves no trace', async () => {
    const { number } = await openFilled()
    const { cache } = await openFresh(number)
    const before = await cache.load()
    const rest = { reset: true, device: makeDevice(6), conversations: [makeConversation(3)], settled: ['a'] }
    const unkeepable = (() => '') as unknown as string
    const changes: CacheChange[] = [
      { pending: [makePending('d'), makePending(unkeepable)] },
      { messages: [...makeRows(8, 1, 300), { ...makeRow(9, 1), id: unkeepable }] },
      { contacts: [makeContact(10_003), makeContact(10_004), makeContact(10_005, { greeting: unkeepable })] },
    ]
    for (const change of changes)
      expect(await cache.save({ messages: makeRows(1, 201, 300), ...rest, ...change }).catch(() => 'rejected')).toBe(
        'rejected',
      )
    expect(await cache.load()).toEqual(before)
    expect(await cache.page(1, 301, 50)).toEqual([])
    expect(await cache.page(8, 301, 50)).toEqual([])
    expect(await cache.page(1, 201, 200)).toEqual(makeRows(1, 1, 200))
  })
})

test('destroying leaves nothing, even where another window holds up the deletion', async () => {
  const { number, name } = await openFilled()
  const stubborn = await openDB(name)
  const { cache } = await openFresh(number)
  await cache.destroy()
  expect(await Promise.all([...stubborn.objectStoreNames].map((store) => stubborn.count(store)))).toEqual([
    0, 0, 0, 0, 0, 0, 0, 0,
  ])
  stubborn.close()
})
