import { expect, test } from 'bun:test'
import { ids, makeDevice, makePending, type OpenCache } from './rows.ts'

export function describePending(open: OpenCache): void {
  test('pending messages come in the order in which they were first put', async () => {
    const { cache, reopen } = await open()
    await cache.save({ pending: [makePending('c'), makePending('a')] })
    await cache.save({ pending: [makePending('b', { conversation: 2 })] })
    const failed = makePending('c', { state: { kind: 'failed', code: 'not_member' } })
    await cache.save({ pending: [makePending('0'), failed] })
    const next = await reopen()
    expect((await next.load()).pending).toEqual([
      failed,
      makePending('a'),
      makePending('b', { conversation: 2 }),
      makePending('0'),
    ])
    await next.save({ pending: [makePending('Z')] })
    expect(ids((await next.load()).pending)).toEqual(['c', 'a', 'b', '0', 'Z'])
  })

  test('whatever is to be sent comes back as it was, and as it looked', async () => {
    const { cache, reopen } = await open()
    const preview = {
      kind: 'merged',
      title: '读书',
      items: [{ number: 10_002, name: '乙', at: 1, text: '好' }],
    } as const
    const pending = [
      makePending('a', { body: { kind: 'shake' }, conversation: 5, peer: 0, epoch: 'e' }),
      makePending('b', { body: { kind: 'text', text: 'x', reply_to: 3, mentions: [10_002] } }),
      makePending('c', {
        body: { kind: 'forward', from: 5, seqs: [1, 2], merged: true },
        preview: { ...preview, items: [...preview.items] },
      }),
    ]
    await cache.save({ device: makeDevice(1), pending })
    expect((await (await reopen()).load()).pending).toEqual(pending)
  })

  test('one message twice in a change is one message, as it was last', async () => {
    const { cache } = await open()
    const sent = makePending('a', { state: { kind: 'sent', seq: 3 } })
    await cache.save({ pending: [makePending('a'), makePending('b'), sent] })
    expect((await cache.load()).pending).toEqual([sent, makePending('b')])
  })

  test('a settled message is gone, and the others keep their order', async () => {
    const { cache, reopen } = await open()
    await cache.save({ device: makeDevice(1), pending: ['c', 'a', 'b'].map((id) => makePending(id)) })
    await cache.save({ settled: ['a', 'unheard of'], pending: [makePending('d')] })
    expect(ids((await cache.load()).pending)).toEqual(['c', 'b', 'd'])
    await cache.save({ settled: ['c', 'd'] })
    expect(ids((await (await reopen()).load()).pending)).toEqual(['b'])
  })

  test('what a change both puts and settles is pending no longer', async () => {
    const { cache } = await open()
    await cache.save({ pending: [makePending('a')], settled: ['a'] })
    expect((await cache.load()).pending).toEqual([])
  })

  test('pending messages outlive a run even where nothing else was ever saved', async () => {
    const { cache, reopen } = await open()
    await cache.save({ pending: [makePending('a')] })
    const next = await reopen()
    expect((await next.load()).pending).toEqual([makePending('a')])
  })
}
