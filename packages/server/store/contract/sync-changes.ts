import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import * as fc from 'fast-check'
import type { SyncRequest } from '../../core/log-ports.ts'
import {
  changeGroup,
  changeMessage,
  comeIn,
  edit,
  goOut,
  makeGroup,
  newEvent,
  readOne,
  recall,
  sayTo,
} from './actions.ts'
import { makeAccount, makePair, say, useStore, type OpenStore } from './people.ts'

const most = { rows: 1_000, messages: 3, changes: 4, length: 1e9 }

const seqsOf = (rows: readonly MessageRow[] | undefined) => rows?.map(({ seq }) => seq)

export function describeSyncChanges(open: OpenStore): void {
  const store = useStore(open)

  async function ask(number: number, given: Partial<SyncRequest> = {}) {
    const nothing = { rev: 0, after: -1, below: null, heads: new Map<number, number>() }
    return store().conversations.changes({ number, ...nothing, ...most, ...given })
  }

  test('[D7] [Y7] an edit of an old message comes by the cursor, with the newest one to show', async () => {
    const pair = await makePair(store())
    const { one, other, conversation } = pair
    await say(store(), pair, 1, 9)
    const { txid } = await ask(other)
    const edited = await edit(store(), conversation, 2, 'edited')
    const { conversations } = await ask(other, { after: txid })
    expect(conversations).toMatchObject([{ conversation, last_seq: 9, rev: 10, stale: false }])
    expect(conversations[0]?.messages).toEqual([edited, await readOne(store(), conversation, 9)])
    await sayTo(store(), conversation, one, 'new')
    expect(seqsOf((await ask(other, { after: txid })).conversations[0]?.messages)).toEqual([2, 10])
  })

  test('[D7] [Y8] by a rev comes what changed after it, older or newer, in order of seq, each once', async () => {
    const pair = await makePair(store())
    const { other, conversation } = pair
    await say(store(), pair, 1, 9)
    await edit(store(), conversation, 5, 'known already')
    await recall(store(), conversation, 8)
    await edit(store(), conversation, 3, 'edited')
    await changeMessage(store(), conversation, 1, { reactions: [{ emoji: '👍', numbers: [other] }] })
    await edit(store(), conversation, 3, 'edited again')
    const { conversations } = await ask(other, { heads: new Map([[conversation, 10]]) })
    expect(seqsOf(conversations[0]?.messages)).toEqual([1, 3, 8, 9])
    expect(conversations[0]?.messages[1]).toMatchObject({ rev: 14, body: { text: 'edited again' } })
  })

  test('[D7] where more changed than may be told, it says so, and tells the newest only', async () => {
    const pair = await makePair(store())
    const { other, conversation } = pair
    await say(store(), pair, 1, 9)
    const { txid } = await ask(other)
    for (const seq of [1, 2, 3, 4]) await edit(store(), conversation, seq, 'edited')
    const told = await ask(other, { after: txid })
    expect(told.conversations[0]).toMatchObject({ stale: false })
    expect(seqsOf(told.conversations[0]?.messages)).toEqual([1, 2, 3, 4, 9])
    await edit(store(), conversation, 5, 'edited')
    for (const known of [{ after: txid }, { heads: new Map([[conversation, 9]]) }]) {
      const { conversations } = await ask(other, known)
      expect(conversations[0]).toMatchObject({ stale: true })
      expect(seqsOf(conversations[0]?.messages)?.at(-1)).toBe(9)
    }
    const after = await ask(other, { after: told.txid })
    expect(after.conversations[0]).toMatchObject({ stale: false })
    expect(seqsOf(after.conversations[0]?.messages)).toEqual([5, 9])
  })

  test('[D7] changes to the newest ones never hide that older ones are left over', async () => {
    const pair = await makePair(store())
    const { other, conversation } = pair
    await say(store(), pair, 1, 9)
    const { txid } = await ask(other)
    for (const seq of [1, 2, 3, 7, 8, 9]) await edit(store(), conversation, seq, 'edited')
    const { conversations } = await ask(other, { after: txid })
    expect(conversations[0]).toMatchObject({ stale: true })
    expect(seqsOf(conversations[0]?.messages)).toEqual([7, 8, 9])
  })

  test('[Y11] a device that holds nothing is told of no changes: what it sees is as it is now', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 9)
    for (const seq of [1, 2, 3, 4, 5, 9]) await edit(store(), pair.conversation, seq, 'edited')
    const { conversations } = await ask(pair.other)
    expect(conversations[0]).toMatchObject({ stale: false, messages: [{ seq: 9, body: { text: 'edited' } }] })
  })

  test('[Y7] a conversation of a group comes with its group, and one of two without', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 1)
    expect((await ask(pair.other)).conversations[0]?.group).toBeUndefined()
    const { conversation, owner, members } = await makeGroup(store(), 2)
    const group = await store().groups.find(conversation)
    expect((await ask(members[0] ?? 0)).conversations).toMatchObject([{ conversation, group }])
    const { txid } = await ask(members[0] ?? 0)
    const event = newEvent(owner, { kind: 'event', event: 'renamed', text: 'new' })
    const renamed = await changeGroup(store(), conversation, { set: { name: 'new', folded_name: 'new' }, event })
    expect((await ask(members[0] ?? 0, { after: txid })).conversations).toMatchObject([
      { conversation, group: renamed.group, messages: [renamed.message] },
    ])
  })

  test('[D10] who is out gets their own row, and nothing of the conversation, by cursor or rev', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 1)
    const [member = 0] = members
    await sayTo(store(), conversation, owner, 'while in')
    const { txid, rev } = await ask(member)
    await goOut(store(), conversation, member)
    await sayTo(store(), conversation, owner, 'while out')
    await edit(store(), conversation, 1, 'edited')
    for (const known of [{ after: txid }, { heads: new Map([[conversation, 0]]) }, {}]) {
      const answer = await ask(member, { rev, ...known })
      expect(answer).toMatchObject({ conversations: [], total: 0, ahead: false })
      expect(answer.memberships).toMatchObject([{ conversation, left: true, writable: false }])
    }
  })

  test('[D7] a group that one is brought into comes by the cursor, however quiet it is', async () => {
    const { conversation, owner } = await makeGroup(store(), 1)
    await sayTo(store(), conversation, owner, 'long ago')
    const newcomer = await makeAccount(store())
    const { txid } = await ask(newcomer)
    await comeIn(store(), conversation, [newcomer], { joins: 'with_history' })
    const { conversations, total } = await ask(newcomer, { after: txid })
    expect(conversations).toMatchObject([{ conversation, unread: 0, messages: [{ seq: 1 }] }])
    expect(total).toBe(1)
  })

  test('[D7] [D11] whatever pushes are lost, a device that compares ends up with what there is', async () => {
    const act = fc.record({
      kind: fc.constantFrom('send', 'send', 'edit', 'recall', 'react', 'compare'),
      which: fc.nat(30),
      heard: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 50 }), async (acts) => {
        const { one, other, conversation } = await makePair(store())
        const held = new Map<number, MessageRow>()
        let [cursor, rev, sent] = [-1, 0, 0]
        /** By a push: then the cursor does not say it, and the rev is told. */
        let moved = false

        async function compare(): Promise<void> {
          const heads = new Map(moved ? [[conversation, rev]] : [])
          const { conversations, txid } = await ask(other, { after: cursor, heads })
          for (const { messages, stale, last_seq } of conversations) {
            // What may have changed is asked again; what was never held is a hole.
            if (stale) for (const seq of held.keys()) held.set(seq, await readOne(store(), conversation, seq))
            for (const row of messages) held.set(row.seq, row)
            expect(messages.at(-1)?.seq ?? 0).toBe(last_seq)
            expect(seqsOf(messages)).toEqual(seqsOf(messages)?.toSorted((a, b) => a - b))
          }
          cursor = txid
          rev = conversations[0]?.rev ?? rev
          moved = false
        }

        async function hear(seq: number): Promise<void> {
          const row = await readOne(store(), conversation, seq)
          if (cursor < 0 || row.rev !== rev + 1) return compare()
          held.set(seq, row)
          rev = row.rev
          moved = true
        }

        for (const { kind, which, heard } of acts) {
          let seq = (which % Math.max(1, sent)) + 1
          if (kind === 'compare') {
            await compare()
            continue
          }
          if (kind === 'send' || sent === 0) seq = sent = await sayTo(store(), conversation, one, `text ${which}`)
          else if (kind === 'edit') await edit(store(), conversation, seq, `edit ${which}`)
          else if (kind === 'recall') await recall(store(), conversation, seq)
          else await changeMessage(store(), conversation, seq, { reactions: [{ emoji: '👍', numbers: [which + 1] }] })
          if (heard) await hear(seq)
        }
        await compare()
        const log = await store().messages.page({ conversation, limit: 100 })
        for (const row of log) expect(held.get(row.seq) ?? row).toEqual(row)
        expect(held.get(sent)).toEqual(log.at(-1))
        expect(rev).toBe(Math.max(0, ...log.map((row) => row.rev)))
      }),
      { numRuns: 60 },
    )
  })
}
