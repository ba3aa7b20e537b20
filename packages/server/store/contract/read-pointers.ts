import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { makeAccount, makePair, say, setWritable, useStore, valueOf, type OpenStore } from './people.ts'

export function describeReadPointers(open: OpenStore): void {
  const store = useStore(open)
  const move = async (number: number, conversation: number, seq: number) =>
    valueOf(await store().conversations.moveReadPointer({ number, conversation, seq }))

  test('[D6] a pointer moves forward only and stops at the head', async () => {
    const pair = await makePair(store())
    const { other, conversation } = pair
    await say(store(), pair, 1, 5)
    expect(await move(other, conversation, 3)).toMatchObject({ read_seq: 3, moved: { read_seq: 3, conversation } })
    expect(await move(other, conversation, 2)).toEqual({ read_seq: 3, moved: null })
    expect(await move(other, conversation, 3)).toEqual({ read_seq: 3, moved: null })
    expect(await move(other, conversation, 1_000)).toMatchObject({ read_seq: 5 })
    expect(await move(other, conversation, Number.MAX_SAFE_INTEGER)).toEqual({ read_seq: 5, moved: null })
    expect((await store().conversations.membership(other, conversation))?.read_seq).toBe(5)
  })

  test('[D6] [D11] each move is the owner’s next rev, and a move that is none takes none', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 3)
    const before = await store().conversations.membership(pair.other, pair.conversation)
    const { moved } = await move(pair.other, pair.conversation, 1)
    expect(moved).toEqual(await store().conversations.membership(pair.other, pair.conversation))
    expect(moved?.rev).toBe((before?.rev ?? 0) + 1)
    await move(pair.other, pair.conversation, 1)
    expect((await move(pair.other, pair.conversation, 2)).moved?.rev).toBe((before?.rev ?? 0) + 2)
  })

  test('[D6] pointers of two devices at once merge to the greater, and never past the head', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(12), { minLength: 1, maxLength: 12 }), async (seqs) => {
        const pair = await makePair(store())
        await say(store(), pair, 1, 8)
        const moves = await Promise.all(seqs.map((seq) => move(pair.other, pair.conversation, seq)))
        const reached = seqs.map((_, index) => Math.min(8, Math.max(...seqs.slice(0, index + 1))))
        expect(moves.map(({ read_seq }) => read_seq)).toEqual(reached)
        const membership = await store().conversations.membership(pair.other, pair.conversation)
        expect(membership?.read_seq).toBe(reached.at(-1) ?? 0)
      }),
      { numRuns: 25 },
    )
  })

  test('[D8] who is no member has no pointer', async () => {
    const { conversation } = await makePair(store())
    const stranger = await makeAccount(store())
    const moved = await store().conversations.moveReadPointer({ number: stranger, conversation, seq: 1 })
    expect(moved).toEqual({ ok: false, code: 'not_member' })
    expect(await store().conversations.membership(stranger, conversation)).toBeNull()
  })

  test('all members’ pointers can be read, and losing the right to write keeps them', async () => {
    const pair = await makePair(store())
    const { one, other, conversation } = pair
    await say(store(), pair, 1, 4)
    await move(one, conversation, 4)
    await move(other, conversation, 2)
    await setWritable(store(), other, conversation, false)
    expect(await store().conversations.readers(conversation, 2)).toEqual([
      { number: one, read_seq: 4 },
      { number: other, read_seq: 2 },
    ])
    expect(await move(other, conversation, 3)).toMatchObject({ read_seq: 3 })
  })

  test('where more read than may be shown, nobody’s pointer is', async () => {
    const { conversation } = await makePair(store())
    expect(await store().conversations.readers(conversation, 2)).toHaveLength(2)
    expect(await store().conversations.readers(conversation, 1)).toEqual([])
  })
}
