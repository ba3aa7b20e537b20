import { expect, test } from 'bun:test'
import { makeContact, makeConversation, makeDevice, makeGroup, makeGroupRow, makePending } from './rows.ts'
import { makePerson, makeRequest, makeRow, makeRows } from './rows.ts'
import { nothing, seqs, sorted, type OpenCache } from './rows.ts'

export function describeConversations(open: OpenCache): void {
  test('a new one holds nothing', async () => {
    const { cache, reopen } = await open()
    expect(await cache.load()).toEqual(nothing)
    expect(await cache.page(1, 10, 50)).toEqual([])
    expect(await (await reopen()).load()).toEqual(nothing)
  })

  test('all parts of a change come back as they were, in this run and the next', async () => {
    const { cache, reopen } = await open()
    const newest = makeRow(3, 7)
    const saved = {
      device: makeDevice(5),
      contacts: [makeContact(10_002), makeContact(10_003, { state: 'none', greeting: '你好', name: '' })],
      requests: [makeRequest(10_004), makeRequest(10_005, { state: 'refused', greeting: '让我进来' })],
      people: [makePerson(10_006), makePerson(10_007, { signature: '在路上', avatar: 'a' })],
      conversations: [
        makeConversation(-10_004, { peer: 10_004, writable: false }),
        makeConversation(3, { newest, last_seq: 7, rev: 9, read_seq: 2, unread: 5, peer_read_seq: 1 }),
        makeConversation(4, { untold: { pinned: true, draft: '写' }, pinned_at: 5, draft: '写', mentioned: 2 }),
        makeGroup(5),
        makeGroup(6, { group: makeGroupRow(6), role: 'owner', nickname: '组长' }),
      ],
      pending: [makePending('a', { state: { kind: 'failed', code: 'not_member' } })],
    }
    await cache.save({ ...saved, messages: [newest] })
    expect(sorted(await cache.load())).toEqual(saved)
    const next = await reopen()
    expect(sorted(await next.load())).toEqual(saved)
    expect(await next.page(3, 8, 50)).toEqual([newest])
  })

  test('absent parts stay as they are, and present ones replace what has the same key', async () => {
    const { cache } = await open()
    const [kept, changed] = [makeContact(10_002), makeContact(10_003)]
    await cache.save({ device: makeDevice(1), contacts: [kept, changed], conversations: [makeConversation(1)] })
    await cache.save({ requests: [makeRequest(10_004), makeRequest(10_005)], people: [makePerson(10_006)] })
    await cache.save({ contacts: [{ ...changed, state: 'none', rev: 2 }] })
    await cache.save({ requests: [makeRequest(10_004, { state: 'accepted', rev: 2 })] })
    await cache.save({ people: [makePerson(10_006, { name: 'new' })] })
    await cache.save({ conversations: [makeConversation(1, { unread: 4 }), makeConversation(2)] })
    await cache.save({})
    expect(sorted(await cache.load())).toEqual({
      device: makeDevice(1),
      contacts: [kept, { ...changed, state: 'none', rev: 2 }],
      requests: [makeRequest(10_004, { state: 'accepted', rev: 2 }), makeRequest(10_005)],
      people: [makePerson(10_006, { name: 'new' })],
      conversations: [makeConversation(1, { unread: 4 }), makeConversation(2)],
      pending: [],
    })
  })

  test('a dropped conversation goes with its messages, and with nothing else', async () => {
    const { cache, reopen } = await open()
    const conversations = [-1, 1, 2].map((id) => makeConversation(id))
    const messages = [...makeRows(1, 1, 130), ...makeRows(2, 1, 5), ...makeRows(10, 1, 5)]
    const pending = [makePending('a', { conversation: 1 })]
    await cache.save({ device: makeDevice(1), conversations, messages, pending })
    await cache.save({ dropped: [1, 77] })
    const next = await reopen()
    expect(sorted(await next.load())).toMatchObject({ conversations: [{ id: -1 }, { id: 2 }], pending })
    expect(await next.page(1, 131, 50)).toEqual([])
    expect(await next.page(1, 10, 50)).toEqual([])
    expect(seqs(await next.page(2, 6, 50))).toEqual([1, 2, 3, 4, 5])
    expect(seqs(await next.page(10, 6, 50))).toEqual([1, 2, 3, 4, 5])
  })

  test('what is stale goes with all its messages, before the rest is written; the conversation stays', async () => {
    const { cache, reopen } = await open()
    const conversations = [1, 2].map((id) => makeConversation(id))
    await cache.save({ device: makeDevice(1), conversations, messages: [...makeRows(1, 1, 130), ...makeRows(2, 1, 5)] })
    await cache.save({ stale: [1, 77], messages: makeRows(1, 129, 131) })
    const next = await reopen()
    expect(sorted(await next.load()).conversations).toEqual(conversations)
    expect(seqs(await next.page(1, 132, 50))).toEqual([129, 130, 131])
    expect(await next.page(1, 64, 50)).toEqual([])
    expect(seqs(await next.page(2, 6, 50))).toEqual([1, 2, 3, 4, 5])
  })

  test('what a change drops is dropped before the rest of it is written', async () => {
    const { cache } = await open()
    await cache.save({ conversations: [makeConversation(1)], messages: [makeRow(1, 1, 9), makeRow(1, 2)] })
    await cache.save({ dropped: [1], conversations: [makeConversation(1, { name: 'new' })], messages: [makeRow(1, 1)] })
    expect((await cache.load()).conversations).toEqual([makeConversation(1, { name: 'new' })])
    expect(await cache.page(1, 3, 50)).toEqual([])
    expect(await cache.page(1, 2, 50)).toEqual([makeRow(1, 1)])
  })

  test('a reset drops everything but pending messages, before the rest is written', async () => {
    const { cache, reopen } = await open()
    const pending = [makePending('b'), makePending('a')]
    const requests = [makeRequest(10_004)]
    const people = [makePerson(10_006)]
    const old = { device: makeDevice(9, 'old'), contacts: [makeContact(10_002)], conversations: [makeConversation(1)] }
    await cache.save({ ...old, requests, people, messages: [makeRow(1, 1, 9), makeRow(1, 2)], pending })
    const fresh = {
      device: makeDevice(1, 'new'),
      contacts: [makeContact(10_003)],
      conversations: [makeConversation(2)],
    }
    await cache.save({ reset: true, ...fresh, messages: [makeRow(1, 1)] })
    const next = await reopen()
    expect(await next.load()).toEqual({ ...nothing, ...fresh, pending })
    expect(await next.page(1, 2, 50)).toEqual([makeRow(1, 1)])
    expect(await next.page(1, 3, 50)).toEqual([])
    await next.save({ reset: true })
    expect(await next.load()).toEqual({ ...nothing, pending })
  })

  test('destroying leaves nothing, and closes', async () => {
    const { cache, reopen } = await open()
    const conversations = [makeConversation(1)]
    await cache.save({ device: makeDevice(1), conversations, messages: [makeRow(1, 1)], pending: [makePending('a')] })
    await cache.destroy()
    expect(await cache.save({ device: makeDevice(2) }).catch(() => 'rejected')).toBe('rejected')
    expect(await cache.load()).toEqual(nothing)
    const next = await reopen()
    expect(await next.load()).toEqual(nothing)
    expect(await next.page(1, 2, 50)).toEqual([])
  })

  test('a closed one rejects what it cannot keep, and finds nothing', async () => {
    const { cache } = await open()
    await cache.save({ device: makeDevice(1), messages: [makeRow(1, 1)], pending: [makePending('a')] })
    cache.close()
    cache.close()
    expect(await cache.save({ device: makeDevice(2) }).catch(() => 'rejected')).toBe('rejected')
    expect(await cache.load()).toEqual(nothing)
    expect(await cache.page(1, 2, 50)).toEqual([])
  })
}
