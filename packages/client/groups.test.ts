import { describe, expect, test } from 'bun:test'
import type { GroupRequestRow, MessageRow, SettingsRow } from '@rookery/protocol'
import { applyGroup, applyMessage, applyRead, putPending } from './apply.ts'
import { createArrivals } from './arrivals.ts'
import { applySync, forgetHistory, sumRevs } from './comparison.ts'
import { nothingHeld, strandedGroup, type Held } from './held.ts'
import { applyOwnRows } from './own-rows.ts'
import { chat, makeAnswer, makeChanged, makeContact, makeDirect, makeGroup, makeInGroup } from './sample.ts'
import { makeMessage, makeMessages, me, messageId, noRows, peer } from './sample.ts'
import { requestKey, type ClientState, type PendingMessage } from './state.ts'

const start: Held = { ...nothingHeld, state: { ...nothingHeld.state, me } }

/** A device in step, in one group of that many messages. */
function inGroup(count: number): Held {
  const conversations = [makeChanged(makeMessages(1, count), count, { group: makeGroup(1) })]
  return applySync(start, makeAnswer({ memberships: [makeInGroup(1)], conversations, total: count }))
}

const find = ({ conversations }: ClientState) => conversations.get(chat)

const waiting: PendingMessage = {
  id: messageId(99),
  at: 0,
  body: { kind: 'text', text: 'unsent' },
  state: { kind: 'sending' },
}

const request = (rev: number, state: GroupRequestRow['state'] = 'waiting'): GroupRequestRow => ({
  conversation: chat,
  group: 'the group',
  number: 10_003,
  name: 'three',
  greeting: '',
  state,
  at: 0,
  rev,
})

const settings = (rev: number, signature = ''): SettingsRow => ({
  name: 'one',
  signature,
  avatar: '',
  status: 'online',
  contact_groups: [],
  rev,
})

describe('own rows', () => {
  test('[D7] [Y12] all kinds count in one rev, whatever their order; a gap is noticed', () => {
    const held = inGroup(0)
    const rows = {
      contacts: [makeContact(4)],
      memberships: [makeInGroup(3, { nickname: 'first' })],
      requests: [request(5)],
      settings: [settings(2)],
    }
    const next = applyOwnRows(held, rows)
    expect(next?.rev).toBe(5)
    expect(next?.state.contacts.get(peer)?.rev).toBe(4)
    expect(next?.state.requests.get(requestKey(request(5)))).toEqual(request(5))
    expect(next?.state.settings).toEqual(settings(2))
    expect(next && find(next.state)).toMatchObject({ kind: 'group', nickname: 'first', name: 'the group' })
    expect(applyOwnRows(held, { ...rows, settings: [] })).toBeNull()
    expect(next && applyOwnRows(next, rows)).toEqual(next)
  })

  test('[D11] [Y1] an older request or settings row changes nothing', () => {
    const first = applySync(
      start,
      makeAnswer({ rev: 5, requests: [request(5, 'accepted')], settings: [settings(4, 'b')] }),
    )
    const again = applySync(first, makeAnswer({ rev: 5, requests: [request(2)], settings: [settings(3, 'a')] }))
    expect(again.state).toEqual(first.state)
  })
})

describe('a group', () => {
  test('[Y25] comes with what changed it, and the greater version stays', () => {
    const { state } = inGroup(2)
    const renamed = applyGroup(state, makeGroup(3, { name: 'another name', members: 4 }))
    expect(find(renamed)).toMatchObject({ name: 'another name', group: { members: 4 } })
    expect(applyGroup(renamed, makeGroup(2))).toBe(renamed)
    expect(applyGroup(renamed, makeGroup(3))).toBe(renamed)
    const later = makeChanged(makeMessages(1, 3), 3, { group: makeGroup(4, { name: 'the newest' }) })
    const synced = applySync({ ...inGroup(2), state: renamed }, makeAnswer({ conversations: [later] }))
    expect(find(synced.state)?.name).toBe('the newest')
  })

  test('how far each of the others has read is a watermark of theirs, and one’s own is not among them', () => {
    let { state } = inGroup(5)
    for (const [number, seq] of [
      [10_002, 3],
      [10_003, 5],
      [10_002, 1],
      [me.number, 5],
    ] as const)
      state = applyRead(state, chat, number, seq)
    expect([...(find(state)?.readers ?? [])]).toEqual([
      [10_002, 3],
      [10_003, 5],
    ])
    expect(find(state)?.peer_read_seq).toBe(0)
  })

  test('[D8] what came before one’s time is neither unread nor loaded', () => {
    const member = makeInGroup(1, { from_seq: 40, read_seq: 40 })
    const conversations = [makeChanged(makeMessages(41, 43), 3, { group: makeGroup(1) })]
    const held = applySync(start, makeAnswer({ memberships: [member], conversations }))
    expect(find(held.state)).toMatchObject({ from_seq: 40, unread: 3 })
    const unread = applySync(start, makeAnswer({ memberships: [{ ...member, read_seq: 0 }], conversations }))
    expect(find(unread.state)).toMatchObject({ unread: 3, compared: 'yes' })
  })
})

const written = () => {
  const held = inGroup(3)
  const quoted = new Map([
    [`${chat} 1`, makeMessage(1)],
    [`${chat + 1} 1`, null],
  ])
  const groupPeople = new Map([[chat, { people: new Map(), list: null, more: false }]])
  return { ...held, state: { ...putPending(held.state, chat, [waiting]), quoted, groupPeople } }
}

describe('who is no longer in a group holds nothing of it', () => {
  test('[D8] [Y26] one who left, or was put out', () => {
    const left = { ...noRows, memberships: [makeInGroup(2, { left: true, writable: false })] }
    const { state, rev } = applyOwnRows(written(), left) ?? start
    expect(rev).toBe(2)
    expect([state.conversations.size, state.groupPeople.size, [...state.quoted.keys()]]).toEqual([
      0,
      0,
      [`${chat + 1} 1`],
    ])
    expect(sumRevs(state)).toBe(0)
    expect(applyMessage(state, makeMessage(4))).toBeNull()
  })

  test('[D8] [Y26] one whose group was dissolved, by whatever it is told', () => {
    const dissolved = makeGroup(2, { dissolved: true })
    expect(applyGroup(written().state, dissolved).conversations.size).toBe(0)
    const changed = makeChanged(makeMessages(1, 4), 3, { group: dissolved })
    expect(applySync(written(), makeAnswer({ conversations: [changed] })).state.conversations.size).toBe(0)
  })

  test('[D8] [Y26] an answer from before does not bring it back; coming in again does', () => {
    const out = applyOwnRows(written(), { ...noRows, memberships: [makeInGroup(2, { left: true })] }) ?? start
    const overtaken = makeAnswer({
      rev: 1,
      memberships: [makeInGroup(1)],
      conversations: [makeChanged(makeMessages(1, 3))],
    })
    expect(applySync(out, overtaken).state.conversations.size).toBe(0)
    const back = applyOwnRows(out, { ...noRows, memberships: [makeInGroup(3, { from_seq: 3, read_seq: 3 })] })
    expect(back && find(back.state)).toMatchObject({ own_rev: 3, messages: [], pending: [] })
    const late = { ...noRows, memberships: [makeInGroup(2, { left: true })] }
    expect(back && applySync(back, makeAnswer({ rev: 2, ...late })).state).toEqual({
      ...back?.state,
      synced: true,
    } as never)
  })
})

test('[D8] [Y26] out and in again while away: nothing from before stays, but what is to be sent', () => {
  const member = makeInGroup(4, { from_seq: 5, read_seq: 5 })
  const conversations = [makeChanged(makeMessages(6, 7), 2, { group: makeGroup(2) })]
  const { state } = applySync(written(), makeAnswer({ rev: 4, memberships: [member], conversations }))
  expect(find(state)).toMatchObject({ from_seq: 5, unread: 2, rev: 7, pending: [waiting] })
  expect(find(state)?.messages).toEqual(makeMessages(6, 7))
  expect([...state.quoted.keys()]).toEqual([`${chat + 1} 1`])
  // Nothing was said meanwhile: what is held does not join on to what comes.
  const again = applySync(written(), makeAnswer({ rev: 4, memberships: [{ ...member, from_seq: 3, read_seq: 3 }] }))
  expect(find(again.state)).toMatchObject({ from_seq: 3, messages: [], unread: 0 })
})

test('[D8] [Y33] what one wrote before one was out and in again is settled by its acknowledgement, and held nowhere', () => {
  const member = makeInGroup(4, { from_seq: 5, read_seq: 5 })
  const conversations = [makeChanged(makeMessages(6, 7), 2, { group: makeGroup(2) })]
  let held = applySync(written(), makeAnswer({ rev: 4, memberships: [member], conversations }))
  const kept: MessageRow[] = []
  const { message } = createArrivals({
    held: () => held,
    set(next, rows = []) {
      held = next
      kept.push(...rows)
    },
    sync: { compare: () => Promise.resolve(), noteTouch() {} },
  })
  message(makeMessage(4, { id: waiting.id, sender: me.number }))
  expect(find(held.state)).toMatchObject({ pending: [], rev: 7, messages: makeMessages(6, 7) })
  message(makeMessage(5, { rev: 8 }))
  expect(find(held.state)).toMatchObject({ rev: 8, messages: makeMessages(6, 7) })
  expect(kept).toEqual([])
  message(makeMessage(8, { rev: 9 }))
  expect(kept).toEqual([makeMessage(8, { rev: 9 })])
})

describe('in another history', () => {
  const lost = forgetHistory({ ...inGroup(3), state: putPending(inGroup(3).state, chat, [waiting]) })

  test('[D13] [Y20] what was written to a group stays to be seen, and goes to no group that has its number now', () => {
    const stranded = lost.state.conversations.get(strandedGroup(chat))
    expect(stranded).toMatchObject({ kind: 'group', name: 'the group', writable: false })
    expect(stranded?.pending).toEqual([{ ...waiting, state: { kind: 'failed', code: 'not_member' } }])
    const other = applySync(lost, makeAnswer({ epoch: 'f', memberships: [makeInGroup(1)] }))
    expect(other.state.conversations.get(chat)?.pending).toEqual([])
    expect(other.state.conversations.get(strandedGroup(chat))?.pending).toHaveLength(1)
    const emptied = putPending(other.state, strandedGroup(chat), [])
    expect(emptied.conversations.has(strandedGroup(chat))).toBe(false)
  })

  test('[D13] [Y20] what was to be forwarded is not looked for under the same numbers', () => {
    const body = { kind: 'forward', from: 3, seqs: [1, 2], merged: true } as const
    const direct = applySync(start, makeAnswer({ memberships: [makeDirect(1)] }))
    const state = putPending(direct.state, chat, [{ ...waiting, body: { ...body, seqs: [1, 2] } }])
    const [message] = forgetHistory({ ...direct, state }).state.conversations.get(-peer)?.pending ?? []
    expect(message).toMatchObject({ body: { kind: 'forward', from: 0 }, state: { kind: 'failed' } })
  })

  test('[Y20] numbers of groups and of people do not meet', () => {
    expect(strandedGroup(1)).toBeLessThan(-99_999_999_999)
    expect(strandedGroup(strandedGroup(7))).toBe(strandedGroup(7))
  })
})
