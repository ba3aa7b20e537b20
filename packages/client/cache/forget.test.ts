import { afterAll, beforeAll, expect, test } from 'bun:test'
import * as fake from 'fake-indexeddb'
import { makeContact, makeConversation, makeDevice, makePending, makeRow, makeRows } from './contract/rows.ts'
import { forgetDevice } from './forget.ts'
import { openIndexedDbCache } from './indexed-db.ts'

const { default: _, forceCloseDatabase: __, ...globals } = fake
// Only while these tests run: nothing else here is to take this process for a browser.
beforeAll(() => {
  Object.assign(globalThis, globals)
})
afterAll(() => {
  for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name)
})

const names = async () => (await indexedDB.databases()).map(({ name }) => name)

async function fill(number: number): Promise<void> {
  const cache = await openIndexedDbCache(number)
  await cache.save({
    device: makeDevice(5),
    contacts: [makeContact(10_002)],
    conversations: [makeConversation(1, { newest: makeRow(1, 200) })],
    messages: makeRows(1, 1, 200),
    pending: [makePending('b'), makePending('a')],
  })
  cache.close()
}

test('log-out deletes everything, and nobody else’s', async () => {
  await Promise.all([fill(20_001), fill(20_002)])
  await forgetDevice(20_001, { keepPending: false })
  expect(await names()).toEqual(['rookery-20002'])
})

test('who is signed out from elsewhere finds the unsent messages again, and nothing else is left', async () => {
  await fill(20_003)
  await forgetDevice(20_003, { keepPending: true })
  const cache = await openIndexedDbCache(20_003)
  const { device, contacts, conversations, pending } = await cache.load()
  expect({ device, contacts, conversations }).toEqual({ device: null, contacts: [], conversations: [] })
  expect(pending.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(await cache.page(1, 201, 50)).toEqual([])
  cache.close()
})

test('several windows may forget at once, with the database still open in one; what is gone stays gone', async () => {
  await fill(20_004)
  const open = await openIndexedDbCache(20_004)
  await Promise.all([
    forgetDevice(20_004, { keepPending: true }),
    forgetDevice(20_004, { keepPending: false }),
    forgetDevice(20_004, { keepPending: false }),
  ])
  open.close()
  await forgetDevice(20_004, { keepPending: true })
  expect(await names()).not.toContain('rookery-20004')
})

test('where nothing is kept, nothing is made', async () => {
  await forgetDevice(20_005, { keepPending: true })
  expect(await names()).not.toContain('rookery-20005')
})

test('a browser without a database has nothing to forget', async () => {
  const { indexedDB: held } = globalThis
  Reflect.deleteProperty(globalThis, 'indexedDB')
  try {
    await forgetDevice(20_006, { keepPending: false })
  } finally {
    Object.assign(globalThis, { indexedDB: held })
  }
})
