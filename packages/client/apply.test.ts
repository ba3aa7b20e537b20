import { describe, expect, test } from 'bun:test'
import { LIMITS, type MessageRow } from '@rookery/protocol'
import * as fc from 'fast-check'
import { applyHidden, applyMessage, applyOlder, applyRead, applyTyping, putPending } from './apply.ts'
import { applySync, doubtEverything, forgetHistory, headsToTell, sumRevs } from './comparison.ts'
import { moveReadPointer } from './counting.ts'
import { nothingHeld, putConversation, type Held } from './held.ts'
import { firstSeq } from './loaded.ts'
import { applyOwnRows } from './own-rows.ts'
import { chat as id, makeAnswer as answerOf, makeChanged as changed, makeContact as contact } from './sample.ts'
import { makeDirect as membership, makeMessage, makeMessages as rows, me, messageId, noRows, peer } from './sample.ts'
import { initialState, messageKey, type ClientState, type Conversation, type PendingMessage } from './state.ts'

const row = (seq: number, sender = peer): MessageRow => makeMessage(seq, { sender })
const body = { kind: 'text', text: 'unsent' } as const

/** A device in step, with one conversation of that many messages. */
function holding(count: number): Held {
  const start = { ...nothingHeld, state: { ...nothingHeld.state, me } }
  return applySync(start, answerOf({ memberships: [membership(1)], conversations: [changed(rows(1, count))] }))
}

function find(state: ClientState | null): Conversation {
  const conversation = state?.conversations.get(id)
  if (!conversation) throw new Error('The conversation is not held.')
  return conversation
}

const seqs = (state: ClientState | null) => find(state).messages.map(({ seq }) => seq)

describe('messages', () => {
  test('[D7] [Y12] the next one is added; a gap, or an unknown conversation, is noticed', () => {
    const { state } = holding(3)
    expect(seqs(applyMessage(state, row(4)))).toEqual([1, 2, 3, 4])
    expect(applyMessage(state, row(5))).toBeNull()
    expect(applyMessage(state, { ...row(4), seq: 5 })).toBeNull()
    expect(find(applyMessage(state, row(4)))).toMatchObject({ compared: 'moved', typing: [] })
    expect(applyMessage(state, { ...row(4), conversation: id + 1 })).toBeNull()
  })

  test('[D8] [Y33] what is not for its owner moves the rev and nothing else; a gap is noticed', () => {
    const { state } = holding(3)
    expect(applyHidden(state, id, 4)).toEqual(putConversation(state, { ...find(state), rev: 4, compared: 'moved' }))
    expect(applyHidden(state, id, 3)).toBe(state)
    expect(applyHidden(state, id, 5)).toBeNull()
    expect(applyHidden(state, id + 1, 1)).toBeNull()
  })

  test('[Y31] a single message that was asked for before it was there is there once it comes', () => {
    const { state } = holding(3)
    const asked = { ...state, quoted: new Map([[messageKey(id, 4), null]]) }
    expect(applyMessage(asked, row(4))?.quoted.get(messageKey(id, 4))).toEqual(row(4))
    expect(applyMessage(asked, { ...row(3), rev: 4 })?.quoted).toEqual(asked.quoted)
  })

  test('[D2] [D7] rows in any order, doubled and with gaps, never make a log with a hole or a copy', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 }), (order) => {
        let { state } = holding(2)
        for (const seq of order) state = applyMessage(state, row(seq)) ?? state
        const held = find(state)
        expect(seqs(state)).toEqual(rows(1, held.last_seq).map(({ seq }) => seq))
        expect(held.rev).toBe(held.last_seq)
        expect(held.unread).toBe(held.last_seq)
      }),
    )
  })

  test('[Y1] a row applied twice changes nothing the second time', () => {
    const once = applyMessage(holding(3).state, row(4))
    if (!once) throw new Error('A gap where there is none.')
    expect(applyMessage(once, row(4))).toEqual(once)
    expect(applyMessage(once, row(2))).toEqual(once)
  })

  test('[D12] one’s own message is not unread, and unread stops at its cap', () => {
    let { state } = holding(0)
    state = applyMessage(state, row(1, me.number)) ?? state
    expect(find(state).unread).toBe(0)
    for (let seq = 2; seq <= LIMITS.unreadCount + 10; seq += 1) state = applyMessage(state, row(seq)) ?? state
    expect(find(state).unread).toBe(LIMITS.unreadCount)
  })

  test('[D4] a pending message becomes real by its id, from its own sender only', () => {
    const pending: PendingMessage = { id: messageId(4), at: 0, body, state: { kind: 'sending' } }
    const state = putPending(holding(3).state, id, [pending])
    expect(find(applyMessage(state, row(4, peer))).pending).toEqual([pending])
    expect(find(applyMessage(state, row(4, me.number))).pending).toEqual([])
    const synced = applySync({ ...holding(3), state }, answerOf({ conversations: [changed([row(4, me.number)])] }))
    expect(find(synced.state).pending).toEqual([])
  })

  test('older ones join in front, or not at all', () => {
    const held = applySync(holding(0), answerOf({ conversations: [changed(rows(8, 10))] }))
    expect(firstSeq(find(held.state))).toBe(8)
    expect(applyOlder(held.state, id, rows(1, 5))).toBe(held.state)
    expect(applyOlder(held.state, id, [])).toBe(held.state)
    const joined = applyOlder(held.state, id, rows(5, 7))
    expect(seqs(joined)).toEqual([5, 6, 7, 8, 9, 10])
    expect(applyOlder(joined, id, rows(5, 7))).toBe(joined)
  })
})

describe('own rows', () => {
  test('[D7] [Y12] the next ones are applied, whatever their order; a gap is noticed', () => {
    const held = holding(0)
    const next = applyOwnRows(held, {
      ...noRows,
      contacts: [contact(3)],
      memberships: [membership(2, { writable: false })],
    })
    expect(next?.rev).toBe(3)
    expect(next?.state.contacts.get(peer)?.state).toBe('friend')
    expect(find(next?.state ?? null).writable).toBe(false)
    expect(applyOwnRows(held, { ...noRows, contacts: [contact(3)] })).toBeNull()
    expect(applyOwnRows(held, { ...noRows, contacts: [contact(2)], memberships: [membership(4)] })).toBeNull()
  })

  test('[D11] any pushes, in any order, doubled: the newest row wins, and a gap changes nothing', () => {
    const states = ['friend', 'none', 'incoming', 'outgoing'] as const
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2, max: 9 }), { maxLength: 40 }), (revs) => {
        let held = holding(0)
        for (const rev of revs) {
          const next = applyOwnRows(held, { ...noRows, contacts: [contact(rev, { state: states[rev % 4] ?? 'none' })] })
          expect(next === null).toBe(rev > held.rev + 1)
          held = next ?? held
          if (held.rev > 1) expect(held.state.contacts.get(peer)?.state).toBe(states[held.rev % 4] ?? 'none')
        }
      }),
    )
  })

  test('[D6] a read pointer never goes back, whoever says so', () => {
    const held = applyOwnRows(holding(5), { ...noRows, memberships: [membership(2, { read_seq: 4 })] })
    expect(find(held?.state ?? null)).toMatchObject({ read_seq: 4, unread: 1 })
    const later = held && applyOwnRows(held, { ...noRows, memberships: [membership(3, { read_seq: 2 })] })
    expect(find(later?.state ?? null)).toMatchObject({ read_seq: 4, unread: 1 })
    const others = applyRead(applyRead(holding(5).state, id, peer, 3), id, peer, 1)
    expect(find(others).peer_read_seq).toBe(3)
  })

  test('[D12] where unread cannot be told from what is loaded, the next comparison brings it', () => {
    const held = applySync(holding(0), answerOf({ conversations: [{ ...changed(rows(60, 100)), unread: 100 }] }))
    const moved = moveReadPointer(find(held.state), 10, me)
    expect(moved).toMatchObject({ read_seq: 10, compared: 'uncounted' })
    const state = { ...held.state, conversations: new Map([[id, moved]]) }
    expect(headsToTell(state)).toEqual([[id, 99]])
    const answer = answerOf({ conversations: [{ ...changed([row(100)]), unread: 90 }] })
    const compared = applySync({ ...held, state }, answer, [[id, 99]])
    expect(find(compared.state)).toMatchObject({ unread: 90, rev: 100, compared: 'yes' })
    expect(seqs(compared.state)).toHaveLength(41)
  })

  test('who writes is shown until the message comes, or it is said that they have stopped', () => {
    const { state } = holding(3)
    const writing = applyTyping(state, id, peer, true)
    expect(find(writing).typing).toEqual([peer])
    expect(applyTyping(writing, id, peer, true)).toBe(writing)
    expect(find(applyTyping(writing, id, peer, false)).typing).toEqual([])
    expect(find(applyMessage(writing, row(4))).typing).toEqual([])
    expect(applyTyping(state, 99, peer, true)).toBe(state)
    // On another device of one's own.
    expect(applyTyping(state, id, me.number, true)).toBe(state)
  })
})

describe('sync', () => {
  test('[D13] [Y1] an answer applied twice changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), fc.boolean(), (from, more, again) => {
        const answer = answerOf({
          rev: 3,
          contacts: [contact(2)],
          memberships: [membership(3, { read_seq: again ? 1 : 0 })],
          conversations: [changed(rows(from + 1, from + more), more)],
        })
        const once = applySync(holding(2), answer)
        expect(applySync(once, answer)).toEqual(once)
      }),
    )
  })

  test('[D7] [Y9] what joins on is added; what does not leaves a hole below it', () => {
    const joined = applySync(holding(3), answerOf({ conversations: [changed(rows(2, 5))] }))
    expect(seqs(joined.state)).toEqual([1, 2, 3, 4, 5])
    const apart = applySync(holding(3), answerOf({ conversations: [changed(rows(60, 64), 64)] }))
    expect(seqs(apart.state)).toEqual([60, 61, 62, 63, 64])
    expect(find(apart.state)).toMatchObject({ last_seq: 64, unread: 64 })
  })

  test('[D7] [Y28] of a stale conversation nothing is held but what came, and what a push brought after that', () => {
    const pushed = applyMessage(holding(100).state, row(101)) ?? initialState
    const jumped = find(pushed)
    const around = { messages: rows(20, 30), hasOlder: true, hasNewer: true }
    const quoted = new Map([[messageKey(id, 5), row(5)]])
    const state = { ...putConversation(pushed, { ...jumped, around }), quoted }
    const fresh = rows(51, 100).map((held) => (held.seq === 60 ? { ...held, rev: 100 } : held))
    const stale = { ...changed(fresh, 100), rev: 100, stale: true }
    const { state: next } = applySync({ ...holding(100), state }, answerOf({ conversations: [stale] }))
    expect(seqs(next)).toEqual(rows(51, 101).map(({ seq }) => seq))
    expect(find(next)).toMatchObject({ around: null, rev: 101, last_seq: 101, compared: 'moved' })
    expect(find(next).messages.find(({ seq }) => seq === 60)?.rev).toBe(100)
    expect(next.quoted.size).toBe(0)
  })

  test('[D11] [Y27] changed rows that come with an answer stand wherever they are held', () => {
    const older = { ...row(15), rev: 101 }
    const { state } = holding(100)
    const around = { messages: rows(10, 20), hasOlder: true, hasNewer: true }
    const run = find(state).messages.slice(50)
    const parted = putConversation(state, { ...find(state), messages: run, around })
    const quoted = new Map([[messageKey(id, 15), row(15)]])
    const answer = answerOf({
      conversations: [{ ...changed([older, { ...row(70), rev: 102 }]), last_seq: 100, rev: 102 }],
    })
    const { state: next } = applySync({ ...holding(100), state: { ...parted, quoted } }, answer)
    expect(find(next).around?.messages.find(({ seq }) => seq === 15)?.rev).toBe(101)
    expect(find(next).messages.find(({ seq }) => seq === 70)?.rev).toBe(102)
    expect(find(next).messages).toHaveLength(50)
    expect(next.quoted.get(messageKey(id, 15))?.rev).toBe(101)
  })

  test('[D13] [Y20] in another history only what was never sent is kept, for whom it was meant', () => {
    const pending: PendingMessage = { id: messageId(9), at: 0, body, state: { kind: 'sending' } }
    const written = { ...holding(3), state: putPending(holding(3).state, id, [pending]) }
    const moved = membership(1, { conversation: id + 1 })
    const stranger = membership(2, { peer: peer + 1 })
    const other = applySync(written, answerOf({ epoch: 'other', reset: true, memberships: [moved, stranger] }))
    expect(other).toMatchObject({ epoch: 'other', rev: 1 })
    expect(other.state.conversations.get(id + 1)?.pending).toEqual([pending])
    expect(other.state.conversations.get(id)).toMatchObject({ peer: peer + 1, pending: [], messages: [] })
    expect(other.state.conversations.size).toBe(2)
    const alone = applySync(written, answerOf({ epoch: 'other', reset: true }))
    expect([...alone.state.conversations.values()]).toMatchObject([
      { id: -peer, peer, pending: [{ id: pending.id, state: { kind: 'failed', code: 'not_member' } }] },
    ])
    const bare = applySync(holding(3), answerOf({ epoch: 'other', reset: true, rev: 0 }))
    expect(bare.state.conversations.size).toBe(0)
  })

  test('[D13] [Y20] what was acknowledged in a lost history is sent again, not taken for sent', () => {
    const sent: PendingMessage = { id: messageId(9), at: 0, body, state: { kind: 'sent', seq: 9 } }
    const lost = forgetHistory({ ...holding(3), state: putPending(holding(3).state, id, [sent]) })
    expect(lost.state.conversations.get(-peer)?.pending).toMatchObject([{ id: sent.id, state: { kind: 'sending' } }])
    expect(lost).toMatchObject({ rev: 0, cursor: '', epoch: '' })
  })

  test('[D7] [Y8] only what the cursor does not say is told, until the server has confirmed it', () => {
    const held = holding(3)
    expect(headsToTell(held.state)).toEqual([])
    const state = applyMessage(held.state, row(4)) ?? held.state
    expect(headsToTell(state)).toEqual([[id, 4]])
    const confirmed = applySync({ ...held, state }, answerOf({}), [[id, 4]])
    expect(headsToTell(confirmed.state)).toEqual([])
    expect(headsToTell(applySync({ ...held, state }, answerOf({ more: true }), [[id, 4]]).state)).toEqual([[id, 4]])
    const overtaken = applyMessage(state, row(5)) ?? state
    expect(headsToTell(applySync({ ...held, state: overtaken }, answerOf({}), [[id, 4]]).state)).toEqual([[id, 5]])
    const stale = answerOf({ conversations: [changed([row(4)])] })
    expect(headsToTell(applySync({ ...held, state: overtaken }, stale, [[id, 3]]).state)).toEqual([[id, 5]])
  })

  test('[D7] the sum of all revs tells a copy that lacks something; doubted, it tells every rev', () => {
    const held = holding(3)
    expect(sumRevs(held.state)).toBe(3)
    expect(headsToTell(doubtEverything(held).state)).toEqual([[id, 3]])
  })

  test('a device counts as in step only when nothing more is to come', () => {
    const first = applySync(nothingHeld, answerOf({ more: true }))
    expect(first.state.synced).toBe(false)
    expect(applySync(first, answerOf({})).state.synced).toBe(true)
  })

  test('[D7] [Y5] live pushes and one comparison lead to the same state', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(me.number, peer), { maxLength: 20 }), (senders) => {
        const messages = senders.map((sender, index) => row(index + 1, sender))
        let pushed = holding(0).state
        for (const message of messages) pushed = applyMessage(pushed, message) ?? pushed
        const unread = senders.filter((sender) => sender === peer).length
        const compared = applySync(holding(0), answerOf({ conversations: [changed(messages, unread)] }))
        expect(find(compared.state)).toEqual({ ...find(pushed), compared: 'yes' })
      }),
    )
  })
})
