import { expect, test } from 'bun:test'
import { makeConversation, makeDevice, makePending, makeRow, makeRows } from './rows.ts'
import { nothing, seqs, sorted, type OpenCache } from './rows.ts'

export function describeMessages(open: OpenCache): void {
  test('a page is the newest rows right below a place, oldest first, at most as many as asked for', async () => {
    const { cache } = await open()
    await cache.save({ messages: makeRows(1, 1, 300) })
    expect(await cache.page(1, 301, 50)).toEqual(makeRows(1, 251, 300))
    expect(await cache.page(1, 100, 3)).toEqual(makeRows(1, 97, 99))
    expect(await cache.page(1, 301, 1000)).toEqual(makeRows(1, 1, 300))
    expect(await cache.page(1, 4, 50)).toEqual(makeRows(1, 1, 3))
    expect(await cache.page(1, 1, 50)).toEqual([])
    expect(await cache.page(1, 100, 0)).toEqual([])
  })

  test('a page ends above a hole, and is empty where the row just below is not held', async () => {
    const { cache } = await open()
    await cache.save({ messages: [...makeRows(1, 1, 99), ...makeRows(1, 101, 200)] })
    expect(seqs(await cache.page(1, 121, 50))).toEqual(seqs(makeRows(1, 101, 120)))
    expect(await cache.page(1, 101, 50)).toEqual([])
    expect(seqs(await cache.page(1, 100, 2))).toEqual([98, 99])
    expect(await cache.page(1, 202, 50)).toEqual([])
    expect(await cache.page(2, 50, 50)).toEqual([])
  })

  test('a hole that is filled joins what lies on either side', async () => {
    const { cache } = await open()
    await cache.save({ messages: [...makeRows(1, 1, 40), ...makeRows(1, 91, 100)] })
    await cache.save({ messages: makeRows(1, 41, 90).reverse() })
    expect(await cache.page(1, 101, 100)).toEqual(makeRows(1, 1, 100))
  })

  test.each([63, 64, 65, 127, 128, 129])('nothing is special about place %d', async (seq) => {
    const { cache } = await open()
    const others = makeRows(1, 1, 200).filter((row) => row.seq !== seq)
    await cache.save({ messages: others })
    expect(await cache.page(1, 201, 200)).toEqual(makeRows(1, seq + 1, 200))
    expect(await cache.page(1, seq + 1, 10)).toEqual([])
    expect(await cache.page(1, seq, 10)).toEqual(makeRows(1, seq - 10, seq - 1))
    await cache.save({ messages: [makeRow(1, seq)] })
    expect(await cache.page(1, 201, 200)).toEqual(makeRows(1, 1, 200))
    expect(await cache.page(1, seq + 1, 1)).toEqual([makeRow(1, seq)])
  })

  test('of two rows with the same place the one with the higher rev stays, whichever came first', async () => {
    const { cache } = await open()
    await cache.save({ messages: [makeRow(1, 1, 5), makeRow(1, 2, 2)] })
    await cache.save({ messages: [makeRow(1, 1, 4), makeRow(1, 2, 3), makeRow(1, 3, 9), makeRow(1, 3, 8)] })
    await cache.save({ messages: [makeRow(1, 4, 6), makeRow(1, 4, 7)] })
    expect(await cache.page(1, 5, 50)).toEqual([1, 2, 3, 4].map((seq, index) => makeRow(1, seq, [5, 3, 9, 7][index])))
  })

  test('what a caller does to a page stays with the caller', async () => {
    const { cache } = await open()
    await cache.save({ messages: makeRows(1, 1, 3) })
    ;(await cache.page(1, 4, 50)).pop()
    expect(seqs(await cache.page(1, 4, 50))).toEqual([1, 2, 3])
  })

  test('dropping the messages makes room, and the rest stays', async () => {
    const { cache, reopen } = await open()
    const newest = makeRow(1, 100)
    const rest = { device: makeDevice(1), contacts: [], pending: [makePending('a')] }
    const conversations = [makeConversation(1, { newest }), makeConversation(2)]
    await cache.save({ ...rest, conversations, messages: [...makeRows(1, 1, 100), ...makeRows(2, 1, 9)] })
    await cache.dropMessages()
    expect(await cache.page(1, 101, 50)).toEqual([])
    const next = await reopen()
    expect(await next.page(2, 10, 50)).toEqual([])
    expect(sorted(await next.load())).toEqual({ ...nothing, ...rest, conversations })
    await next.save({ messages: makeRows(1, 99, 100) })
    expect(seqs(await next.page(1, 101, 50))).toEqual([99, 100])
  })
}
