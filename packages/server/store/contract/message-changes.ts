import { expect, test } from 'bun:test'
import type { Body } from '@rookery/protocol'
import * as fc from 'fast-check'
import { contentOf } from '../../core/content.ts'
import { changeMessage, edit, goOut, makeGroup, readOne, recall, sayTo, standingOf } from './actions.ts'
import { at, makePair, newMessage, say, setWritable, textOf, useStore, valueOf, type OpenStore } from './people.ts'

const stale = { ok: true, value: 'stale' } as const

export function describeMessageChanges(open: OpenStore): void {
  const store = useStore(open)

  /** The next change of a message by its writer, not made yet. */
  async function changeOf(conversation: number, seq: number, body: Body) {
    const { sender, rev } = await readOne(store(), conversation, seq)
    const member = await standingOf(store(), conversation, sender)
    return { conversation, seq, expect: rev, member, content: contentOf(body) }
  }

  const revOf = async (conversation: number, number: number) => {
    const heads = new Map([[conversation, 0]])
    const most = { rows: 10, messages: 1, changes: 0, length: 1e9 }
    const { conversations } = await store().conversations.changes({
      number,
      rev: 0,
      after: -1,
      below: null,
      heads,
      ...most,
    })
    return conversations[0]
  }

  test('[D2] an edit keeps the place and takes the conversation’s next rev; nobody’s own rev moves', async () => {
    const pair = await makePair(store())
    const { one, other, conversation } = pair
    await say(store(), pair, 1, 3)
    const before = await readOne(store(), conversation, 2)
    const standing = await standingOf(store(), conversation, other)
    const row = await edit(store(), conversation, 2, 'better')
    expect(row).toEqual({ ...before, rev: 4, body: { kind: 'text', text: 'better' }, edited_at: at + 1 })
    expect(await readOne(store(), conversation, 2)).toEqual(row)
    expect(await standingOf(store(), conversation, other)).toEqual(standing)
    expect(await revOf(conversation, other)).toMatchObject({ last_seq: 3, rev: 4 })
    expect(await sayTo(store(), conversation, one, 'next')).toBe(4)
    expect((await readOne(store(), conversation, 4)).rev).toBe(5)
  })

  test('a change says whom it is for', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 1)
    const direct = await changeOf(pair.conversation, 1, { kind: 'text', text: 'x' })
    expect(valueOf(await store().messages.change(direct))).toMatchObject({
      audience: { kind: 'people', numbers: [pair.one, pair.other] },
    })
    const { conversation, owner } = await makeGroup(store())
    await sayTo(store(), conversation, owner, 'hello')
    const grouped = await changeOf(conversation, 1, { kind: 'text', text: 'x' })
    expect(valueOf(await store().messages.change(grouped))).toMatchObject({ audience: { kind: 'group', conversation } })
  })

  test('[D9] what is taken back keeps its place, and nothing of what it said', async () => {
    const pair = await makePair(store())
    const { one, conversation } = pair
    await say(store(), pair, 1, 2)
    await changeMessage(store(), conversation, 1, { reactions: [{ emoji: '👍', numbers: [one] }] })
    const { id } = await readOne(store(), conversation, 1)
    await recall(store(), conversation, 1)
    const tombstone = {
      conversation,
      seq: 1,
      rev: 4,
      id,
      sender: one,
      at,
      body: { kind: 'recalled', by: one },
    } as const
    expect(await readOne(store(), conversation, 1)).toEqual(tombstone)
    const page = await store().messages.page({ conversation, limit: 10 })
    expect(page.map(textOf)).toEqual(['', 'text 2'])
    expect(await store().messages.findById(one, id)).toEqual(tombstone)
  })

  test('reactions are kept as given, the last ones stand, and none is none', async () => {
    const pair = await makePair(store())
    const { one, other, conversation } = pair
    await say(store(), pair, 1, 1)
    const reactions = [
      { emoji: '👍🏽', numbers: [other, one] },
      { emoji: '❤️', numbers: [one] },
    ]
    const row = await changeMessage(store(), conversation, 1, { reactions })
    expect(row).toMatchObject({ rev: 2, body: { text: 'text 1' }, reactions })
    expect(row.edited_at).toBeUndefined()
    expect((await edit(store(), conversation, 1, 'edited')).reactions).toEqual(reactions)
    expect('reactions' in (await changeMessage(store(), conversation, 1, { reactions: [] }))).toBe(false)
    expect('reactions' in (await readOne(store(), conversation, 1))).toBe(false)
  })

  test('[D11] of two changes that saw the same message one is made, and the other is stale', async () => {
    const pair = await makePair(store())
    const { conversation } = pair
    await say(store(), pair, 1, 1)
    const changes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => changeOf(conversation, 1, { kind: 'text', text: `edit ${index}` })),
    )
    const answers = await Promise.all(changes.map((change) => store().messages.change(change)))
    const made = answers.flatMap((answer) => (valueOf(answer) === 'stale' ? [] : [valueOf(answer)]))
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({ row: await readOne(store(), conversation, 1) })
    expect(await revOf(conversation, pair.one)).toMatchObject({ rev: 2 })
  })

  test('[D10] a change is stale once what it rests on has moved: the right to write, being in, the group’s ways', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 1)
    const direct = await changeOf(pair.conversation, 1, { kind: 'text', text: 'late' })
    await setWritable(store(), pair.one, pair.conversation, false)
    expect(await store().messages.change(direct)).toEqual(stale)

    const { conversation, owner, members } = await makeGroup(store(), 2)
    const [member = 0, other = 0] = members
    await sayTo(store(), conversation, member, 'hello')
    const elsewhere = await changeOf(conversation, 1, { kind: 'text', text: 'late' })
    await goOut(store(), conversation, other)
    expect(await store().messages.change(elsewhere)).toEqual(stale)
    const out = await changeOf(conversation, 1, { kind: 'text', text: 'late' })
    await goOut(store(), conversation, member)
    expect(await store().messages.change(out)).toEqual(stale)
    expect(textOf(await readOne(store(), conversation, 1))).toBe('hello')
    expect(await revOf(conversation, owner)).toMatchObject({ rev: 1 })
  })

  test('what is not there cannot be changed', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 1)
    const change = await changeOf(pair.conversation, 1, { kind: 'text', text: 'x' })
    for (const wrong of [{ seq: 2 }, { seq: 0 }, { conversation: pair.conversation + 1_000_000 }, { expect: 0 }])
      expect(await store().messages.change({ ...change, ...wrong })).toEqual(stale)
    const stranger = { number: pair.one + 1_000_000, rev: 0, version: null }
    expect(await store().messages.change({ ...change, member: stranger })).toEqual(stale)
  })

  test('[D3] sent again after an edit or a recall, it is the same message, and stays as it is', async () => {
    const { one, conversation } = await makePair(store())
    const [edited, recalled] = [newMessage(conversation, one, 'first'), newMessage(conversation, one, 'second')]
    for (const message of [edited, recalled]) valueOf(await store().messages.append(message))
    await edit(store(), conversation, 1, 'changed')
    await recall(store(), conversation, 2)
    const before = await store().messages.page({ conversation, limit: 10 })
    expect(valueOf(await store().messages.append(edited))).toMatchObject({ seq: 1, duplicate: true })
    expect(valueOf(await store().messages.append(recalled))).toMatchObject({ seq: 2, duplicate: true })
    expect(await store().messages.page({ conversation, limit: 10 })).toEqual(before)
  })

  test('[D3] a retry is answered after its sender has left, a new message is not taken', async () => {
    const { conversation, members } = await makeGroup(store())
    const [member = 0] = members
    const message = newMessage(conversation, member, 'once')
    const first = valueOf(await store().messages.append(message))
    expect(first.audience).toEqual({ kind: 'group', conversation })
    await goOut(store(), conversation, member)
    expect(valueOf(await store().messages.append(message))).toEqual({ ...first, duplicate: true })
    const refused = await store().messages.append(newMessage(conversation, member, 'twice'))
    expect(refused).toEqual({ ok: false, code: 'not_member' })
  })

  test('[D2] [D11] any sequence of sends and changes leaves dense revs, each the latest of its row', async () => {
    const act = fc.record({ kind: fc.constantFrom('send', 'edit', 'recall', 'react'), which: fc.nat(7) })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
        const { one, conversation } = await makePair(store())
        const revs: number[] = []
        let rev = 0
        for (const { kind, which } of acts) {
          rev += 1
          if (kind === 'send' || revs.length === 0)
            revs[(await sayTo(store(), conversation, one, `text ${rev}`)) - 1] = rev
          else {
            const seq = (which % revs.length) + 1
            const reactions = [{ emoji: '👍', numbers: [rev] }]
            if (kind === 'edit') await edit(store(), conversation, seq, `edit ${rev}`)
            if (kind === 'recall') await recall(store(), conversation, seq)
            if (kind === 'react') await changeMessage(store(), conversation, seq, { reactions })
            revs[seq - 1] = rev
          }
        }
        const log = await store().messages.page({ conversation, limit: 100 })
        expect(log.map((row) => row.rev)).toEqual(revs)
        expect(await revOf(conversation, one)).toMatchObject({ last_seq: revs.length, rev })
      }),
      { numRuns: 25 },
    )
  })
}
