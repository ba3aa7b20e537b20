import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import * as fc from 'fast-check'
import { applyMessage } from './apply.ts'
import { applySync } from './comparison.ts'
import { countUnread, moveReadPointer } from './counting.ts'
import { nothingHeld, putConversation, type Held } from './held.ts'
import { chat, makeAnswer, makeChanged, makeInGroup, makeMessage, makeMessages, me, messageId, peer } from './sample.ts'
import type { ClientState, Conversation } from './state.ts'

const start: Held = { ...nothingHeld, state: { ...nothingHeld.state, me } }
const inStep = (messages: MessageRow[], unread: number, mentioned = 0) =>
  applySync(
    start,
    makeAnswer({ memberships: [makeInGroup(1)], conversations: [makeChanged(messages, unread, { mentioned })] }),
  )

function find({ conversations }: ClientState): Conversation {
  const conversation = conversations.get(chat)
  if (!conversation) throw new Error('The conversation is not held.')
  return conversation
}

const text = (seq: number) => ({ kind: 'text', text: `text ${seq}` }) as const
const bodies = {
  text: (seq: number) => text(seq),
  mine: (seq: number) => ({ ...text(seq), mentions: [me.number] }),
  all: (seq: number) => ({ ...text(seq), mentions_all: true as const }),
  others: (seq: number) => ({ ...text(seq), mentions: [peer] }),
  shake: () => ({ kind: 'shake' }) as const,
  event: () => ({ kind: 'event', event: 'renamed', text: 'x' }) as const,
}
type BodyName = keyof typeof bodies

/** What happens: somebody says something, takes something back, edits something, or one reads up to somewhere. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant('say' as const),
    body: fc.constantFrom(...(Object.keys(bodies) as BodyName[])),
    sender: fc.constantFrom(me.number, peer, 10_003),
  }),
  fc.record({ kind: fc.constantFrom('recall' as const, 'edit' as const), which: fc.nat(30) }),
  fc.record({ kind: fc.constant('read' as const), seq: fc.nat(20) }),
)

/** The rule, said once more. */
function countAll(log: readonly MessageRow[], read_seq: number) {
  const news = log.filter(
    ({ seq, sender, body }) => seq > read_seq && sender !== me.number && !['event', 'recalled'].includes(body.kind),
  )
  const mine = news.filter(
    ({ body }) => body.kind === 'text' && (body.mentions_all || body.mentions?.includes(me.number)),
  )
  return { unread: news.length, mentioned: mine.at(-1)?.seq ?? 0 }
}

test('[D12] [Y27] whatever is said, edited, taken back and read: unread and mentioned are a function of log and pointer', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let { state } = inStep([], 0)
      let log: readonly MessageRow[] = []
      let rev = 0
      for (const taken of steps) {
        if (taken.kind === 'read') {
          const read_seq = Math.min(taken.seq, log.length)
          state = putConversation(state, moveReadPointer(find(state), read_seq, me))
        } else {
          rev += 1
          const seq = log.length + 1
          const old = taken.kind === 'say' ? undefined : log[taken.which % Math.max(1, log.length)]
          const row =
            taken.kind === 'say'
              ? makeMessage(seq, { rev, sender: taken.sender, body: bodies[taken.body](seq) })
              : old && {
                  ...old,
                  rev,
                  ...(taken.kind === 'recall' && { body: { kind: 'recalled' as const, by: old.sender } }),
                }
          if (!row) {
            rev -= 1
            continue
          }
          log = old ? log.map((held) => (held.seq === row.seq ? row : held)) : [...log, row]
          state = applyMessage(state, row) ?? state
        }
        const { unread, mentioned, read_seq, compared } = find(state)
        expect({ unread, mentioned }).toEqual(countAll(log, read_seq))
        expect(compared).not.toBe('uncounted')
        expect(countUnread(find(state), me)).toEqual({ unread, mentioned })
      }
    }),
  )
})

test('[D12] [Y27] an edit or a reaction is not news, and stands in the place of what was there', () => {
  const { state } = inStep(makeMessages(1, 3), 3)
  const edited = makeMessage(2, { rev: 4, body: { kind: 'text', text: 'edited' }, edited_at: 9 })
  const next = applyMessage(state, edited) ?? state
  expect(find(next)).toMatchObject({ unread: 3, last_seq: 3, rev: 4, compared: 'moved' })
  expect(find(next).messages.map(({ rev }) => rev)).toEqual([1, 4, 3])
  const liked = { ...edited, rev: 5, reactions: [{ emoji: '👍', numbers: [peer] }] }
  expect(find(applyMessage(next, liked) ?? next)).toMatchObject({ unread: 3, rev: 5 })
  expect(applyMessage(state, { ...edited, rev: 5 })).toBeNull()
})

test('[Y27] who writes goes on writing though an older message of theirs changes', () => {
  const { state } = inStep(makeMessages(1, 3), 3)
  const writing = putConversation(state, { ...find(state), typing: [peer] })
  expect(find(applyMessage(writing, makeMessage(2, { rev: 4 })) ?? state).typing).toEqual([peer])
  expect(find(applyMessage(writing, makeMessage(4)) ?? state).typing).toEqual([])
})

const recalled = (seq: number, rev: number) =>
  makeMessage(seq, { rev, id: messageId(seq), body: { kind: 'recalled', by: peer } })

test('[D12] [Y27] where what was taken back is not loaded, the server counts; where it was read already, nothing changes', () => {
  const { state } = inStep(makeMessages(91, 100), 100, 95)
  expect(find(applyMessage(state, recalled(20, 101)) ?? state)).toMatchObject({ compared: 'uncounted', mentioned: 95 })
  const read = putConversation(state, moveReadPointer(find(state), 90, me))
  expect(find(read)).toMatchObject({ unread: 10, mentioned: 0, compared: 'yes' })
  expect(find(applyMessage(read, recalled(20, 101)) ?? state)).toMatchObject({ unread: 10, compared: 'moved' })
  const own = { ...recalled(20, 101), sender: me.number }
  expect(find(applyMessage(state, own) ?? state).compared).toBe('moved')
})

test('[D12] a mention that was read is none; one past the pointer stays, loaded or not', () => {
  const { state } = inStep(makeMessages(91, 100), 100, 50)
  expect(find(state).mentioned).toBe(50)
  expect(moveReadPointer(find(state), 30, me)).toMatchObject({ mentioned: 50, compared: 'uncounted' })
  expect(moveReadPointer(find(state), 60, me)).toMatchObject({ mentioned: 0, compared: 'uncounted' })
})
