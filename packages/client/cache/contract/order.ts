import { expect, test } from 'bun:test'
import { makeContact, makeConversation, makeDevice, makePending, makeRow, makeRows } from './rows.ts'
import { ids, seqs, type OpenCache } from './rows.ts'

/** A change of which every part tells which change it was. */
function makeChange(rev: number) {
  return {
    device: makeDevice(rev),
    contacts: [makeContact(10_002, { rev })],
    conversations: [makeConversation(1, { rev })],
    messages: [makeRow(1, 1, rev), makeRow(1, 65, rev)],
    pending: [makePending('a', { at: rev })],
  }
}

export function describeOrder(open: OpenCache): void {
  test('saves that nobody waited for are served in order', async () => {
    const { cache, reopen } = await open()
    const revs = Array.from({ length: 100 }, (_, index) => index + 1)
    const saves = revs.map((rev) =>
      cache.save({ ...makeChange(rev), messages: [makeRow(1, rev)], pending: [makePending(`${100 - rev}`)] }),
    )
    const loading = cache.load()
    const paging = cache.page(1, 101, 100)
    await Promise.all(saves)
    expect((await loading).device).toEqual(makeDevice(100))
    expect(await paging).toEqual(makeRows(1, 1, 100))
    const { conversations, pending } = await (await reopen()).load()
    expect(conversations).toEqual([makeConversation(1, { rev: 100 })])
    expect(ids(pending)).toEqual(revs.map((rev) => `${100 - rev}`))
  })

  test('a read sees every save that resolved before it, and all or nothing of any other', async () => {
    const { cache } = await open()
    await cache.save(makeChange(1))
    let resolved = 1
    const watching = Array.from({ length: 30 }, async (_, index) => {
      const saving = cache.save(makeChange(index + 2)).then(() => (resolved = Math.max(resolved, index + 2)))
      await Promise.resolve()
      const least = resolved
      const { device, contacts, conversations, pending } = await cache.load()
      const rev = device?.rev ?? 0
      expect(rev).toBeGreaterThanOrEqual(least)
      expect([contacts[0]?.rev, conversations[0]?.rev, pending[0]?.at]).toEqual([rev, rev, rev])
      await saving
    })
    await Promise.all(watching)
    expect(await cache.page(1, 2, 1)).toEqual([makeRow(1, 1, 31)])
    expect(await cache.page(1, 66, 1)).toEqual([makeRow(1, 65, 31)])
  })

  test('everything keeps its place among the saves: a reset, dropped messages, closing', async () => {
    const { cache, reopen } = await open()
    const saves = [
      cache.save({ device: makeDevice(1), messages: makeRows(1, 1, 10) }),
      cache.save({ reset: true, device: makeDevice(2), messages: makeRows(1, 5, 10) }),
      cache.save({ dropped: [1] }),
      cache.save({ messages: makeRows(1, 6, 10) }),
      cache.dropMessages(),
      cache.save({ messages: makeRows(1, 7, 10) }),
    ]
    const paging = cache.page(1, 11, 50)
    await Promise.all(saves)
    expect(seqs(await paging)).toEqual([7, 8, 9, 10])
    expect(seqs(await (await reopen()).page(1, 11, 50))).toEqual([7, 8, 9, 10])
  })

  test('what was saved before closing is kept', async () => {
    const { cache } = await open()
    const saving = cache.save({ ...makeChange(1), messages: makeRows(1, 1, 1000) })
    const loading = cache.load()
    cache.close()
    await saving
    await loading
  })
}
