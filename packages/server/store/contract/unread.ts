import { expect, test } from 'bun:test'
import type { Body } from '@rookery/protocol'
import {
  changeMessage,
  comeIn,
  edit,
  goOut,
  makeGroup,
  membershipOf,
  newEvent,
  changeGroup,
  recall,
  sayTo,
} from './actions.ts'
import { makeAccount, makePair, useStore, valueOf, type OpenStore } from './people.ts'

const mention = (text: string, ...mentions: number[]): Body => ({ kind: 'text', text, mentions })

export function describeUnread(open: OpenStore): void {
  const store = useStore(open)

  /** What this member is told of the conversation's news. */
  async function newsOf(number: number, conversation: number) {
    const most = { rows: 1_000, messages: 1_000, changes: 1_000, length: 1e9 }
    const heads = new Map([[conversation, 0]])
    const request = { number, rev: 0, after: -1, below: null, heads, ...most }
    const { conversations } = await store().conversations.changes(request)
    const found = conversations.find((one) => one.conversation === conversation)
    return { unread: found?.unread, mentioned: found?.mentioned, seqs: found?.messages.map(({ seq }) => seq) }
  }

  const read = async (number: number, conversation: number, seq: number) =>
    valueOf(await store().conversations.moveReadPointer({ number, conversation, seq }))

  test('[D12] what happened and what was taken back is no news; what was edited stays one', async () => {
    const { one, other, conversation } = await makePair(store())
    for (const said of ['one', 'two', 'three'] as const) await sayTo(store(), conversation, one, said)
    await sayTo(store(), conversation, one, { kind: 'event', event: 'renamed', text: 'x' })
    await sayTo(store(), conversation, one, { kind: 'shake' })
    expect(await newsOf(other, conversation)).toMatchObject({ unread: 4 })
    await recall(store(), conversation, 2)
    await edit(store(), conversation, 1, 'uno')
    await changeMessage(store(), conversation, 3, { reactions: [{ emoji: '👍', numbers: [other] }] })
    expect(await newsOf(other, conversation)).toMatchObject({ unread: 3 })
    expect(await newsOf(one, conversation)).toMatchObject({ unread: 0 })
    await read(other, conversation, 4)
    expect(await newsOf(other, conversation)).toMatchObject({ unread: 1 })
  })

  test('the newest unread mention is told: of oneself or of all, by others only', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 3)
    const [one = 0, other = 0, third = 0] = members
    await sayTo(store(), conversation, other, mention('look', one, third))
    await sayTo(store(), conversation, one, mention('me too', one))
    expect(await newsOf(one, conversation)).toMatchObject({ mentioned: 1 })
    expect(await newsOf(other, conversation)).toMatchObject({ mentioned: 0 })
    await sayTo(store(), conversation, owner, { kind: 'text', text: 'all', mentions_all: true })
    expect(await newsOf(one, conversation)).toMatchObject({ mentioned: 3 })
    expect(await newsOf(other, conversation)).toMatchObject({ mentioned: 3 })
    expect(await newsOf(owner, conversation)).toMatchObject({ mentioned: 0 })
    await read(one, conversation, 3)
    expect(await newsOf(one, conversation)).toMatchObject({ mentioned: 0 })
    expect(await newsOf(third, conversation)).toMatchObject({ mentioned: 3 })
  })

  test('mentions follow what a message says now', async () => {
    const { conversation, members } = await makeGroup(store(), 3)
    const [one = 0, other = 0, third = 0] = members
    for (const text of ['one', 'two']) await sayTo(store(), conversation, one, mention(text, other))
    await changeMessage(store(), conversation, 2, { body: mention('two', third) })
    expect(await newsOf(other, conversation)).toMatchObject({ mentioned: 1, unread: 2 })
    expect(await newsOf(third, conversation)).toMatchObject({ mentioned: 2 })
    await changeMessage(store(), conversation, 2, { reactions: [{ emoji: '👍', numbers: [other] }] })
    expect(await newsOf(third, conversation)).toMatchObject({ mentioned: 2 })
    await recall(store(), conversation, 2)
    await recall(store(), conversation, 1)
    expect(await newsOf(other, conversation)).toMatchObject({ mentioned: 0, unread: 0 })
    expect(await newsOf(third, conversation)).toMatchObject({ mentioned: 0 })
  })

  test('[D8] [D12] a newcomer without history gets nothing of what came before, and counts from there', async () => {
    const { conversation, owner } = await makeGroup(store())
    const newcomer = await makeAccount(store())
    await sayTo(store(), conversation, owner, mention('before', newcomer))
    await sayTo(store(), conversation, owner, 'before')
    expect(await newsOf(newcomer, conversation)).toEqual({ unread: undefined, mentioned: undefined, seqs: undefined })
    await comeIn(store(), conversation, [newcomer])
    expect(await membershipOf(store(), newcomer, conversation)).toMatchObject({ from_seq: 2, read_seq: 2 })
    expect(await store().conversations.groupsOf([newcomer])).toEqual([{ number: newcomer, conversation, from_seq: 2 }])
    expect(await newsOf(newcomer, conversation)).toEqual({ unread: 0, mentioned: 0, seqs: [] })
    await edit(store(), conversation, 2, 'before, edited')
    expect(await newsOf(newcomer, conversation)).toEqual({ unread: 0, mentioned: 0, seqs: [] })
    await sayTo(store(), conversation, owner, mention('after', newcomer))
    expect(await newsOf(newcomer, conversation)).toEqual({ unread: 1, mentioned: 3, seqs: [3] })
  })

  test('[D8] a newcomer with history has all of it, as read', async () => {
    const { conversation, owner } = await makeGroup(store())
    const newcomer = await makeAccount(store())
    for (const said of ['one', 'two']) await sayTo(store(), conversation, owner, said)
    await comeIn(store(), conversation, [newcomer], { joins: 'with_history' })
    expect(await membershipOf(store(), newcomer, conversation)).toMatchObject({ from_seq: 0, read_seq: 2 })
    expect(await newsOf(newcomer, conversation)).toEqual({ unread: 0, mentioned: 0, seqs: [1, 2] })
  })

  test('[D8] who comes again begins again: what was said meanwhile is not theirs, or all is', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 2)
    const [one = 0, other = 0] = members
    await sayTo(store(), conversation, owner, 'while in')
    for (const number of members) await goOut(store(), conversation, number)
    await sayTo(store(), conversation, owner, 'while out')
    expect(await newsOf(one, conversation)).toMatchObject({ seqs: undefined })
    await comeIn(store(), conversation, [one])
    await comeIn(store(), conversation, [other], { joins: 'with_history' })
    expect(await newsOf(one, conversation)).toEqual({ unread: 0, mentioned: 0, seqs: [] })
    expect(await newsOf(other, conversation)).toEqual({ unread: 0, mentioned: 0, seqs: [1, 2] })
  })

  test('who comes in sees the message that says so', async () => {
    const { conversation, owner } = await makeGroup(store())
    await sayTo(store(), conversation, owner, 'before')
    const newcomer = await makeAccount(store())
    const set = { writable: true, left: false, role: 'member', joins: 'without_history' } as const
    const rows = [{ row: 'membership', owner: newcomer, conversation, set, expect: 0 } as const]
    await changeGroup(store(), conversation, { rows, event: newEvent(newcomer, { kind: 'event', event: 'joined' }) })
    expect(await newsOf(newcomer, conversation)).toEqual({ unread: 0, mentioned: 0, seqs: [2] })
  })

  test('[D8] whoever is out has no count, no pointer, and is no reader', async () => {
    const { conversation, owner, members } = await makeGroup(store(), 1)
    const [member = 0] = members
    await sayTo(store(), conversation, owner, 'hello')
    await goOut(store(), conversation, member)
    const moved = await store().conversations.moveReadPointer({ number: member, conversation, seq: 1 })
    expect(moved).toEqual({ ok: false, code: 'not_member' })
    expect(await store().conversations.readers(conversation, 10)).toEqual([{ number: owner, read_seq: 0 }])
    expect(await newsOf(member, conversation)).toMatchObject({ unread: undefined })
  })
}
