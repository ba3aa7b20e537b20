import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import { applyMessage, putPending } from './apply.ts'
import type { Cache } from './cache/cache.ts'
import { createMemoryCache } from './cache/memory.ts'
import { applySync, forgetHistory } from './comparison.ts'
import { nothingHeld, putConversation, strandedGroup, type Held } from './held.ts'
import { createKeeper, restore } from './keeper.ts'
import { applyOwnRows, overlay } from './own-rows.ts'
import { chat, makeAnswer, makeChanged, makeContact, makeDirect, makeGroup, makeInGroup } from './sample.ts'
import { makeMessage, makeMessages, me, messageId, noRows } from './sample.ts'
import type { PendingMessage } from './state.ts'

const row = makeMessage
const membership = makeDirect(1)
const contact = makeContact(2)
const body = { kind: 'text', text: 'unsent' } as const
const pending: PendingMessage = { id: messageId(99), at: 1, body, state: { kind: 'sending' } }

const rows = makeMessages(1, 3)
const conversations = [makeChanged(rows)]
const answer = makeAnswer({
  rev: 2,
  cursor: '5',
  contacts: [contact],
  memberships: [membership],
  conversations,
  total: 3,
})
const nothingSaved = { device: null, contacts: [], requests: [], people: [], conversations: [], pending: [] }
const start: Held = { ...nothingHeld, state: { ...nothingHeld.state, me } }
const inStep = applySync(start, answer)

async function keep(cache: Cache, ...steps: readonly (readonly [Held, readonly MessageRow[]])[]): Promise<void> {
  const keeper = createKeeper(cache, nothingHeld)
  for (const [held, with_] of steps) keeper.note(held, with_)
  await keeper.flush()
}

test('[D7] [Y3] what was held comes back: the list with its newest messages, and the others by page', async () => {
  const cache = createMemoryCache()
  await keep(cache, [inStep, rows])
  const restored = restore(await cache.load())
  expect(restored).toMatchObject({ epoch: 'e', rev: 2, cursor: '5' })
  expect(restored.state.conversations.get(7)).toEqual({
    ...inStep.state.conversations.get(7),
    messages: rows.slice(-1),
  } as never)
  expect(restored.state.contacts).toEqual(inStep.state.contacts)
  expect(await cache.page(7, 3, 50)).toEqual(rows.slice(0, 2))
})

test('[D3] [Y4] what was to be sent survives, is written at once, and is gone once it has its place', async () => {
  const cache = createMemoryCache()
  const keeper = createKeeper(cache, nothingHeld)
  keeper.note(inStep, rows)
  const written = { ...inStep, state: putPending(inStep.state, 7, [pending]) }
  keeper.note(written, [])
  await Promise.resolve()
  await keeper.flush()
  expect(restore(await cache.load()).state.conversations.get(7)?.pending).toEqual([pending])
  const arrived = row(4, { sender: me.number, id: pending.id })
  const state = applyMessage(written.state, arrived)
  keeper.note({ ...written, state: state ?? written.state }, [arrived])
  await keeper.flush()
  const restored = restore(await cache.load()).state.conversations.get(7)
  expect(restored).toMatchObject({ pending: [], last_seq: 4, compared: 'moved' })
})

test('[D13] [Y20] another history takes the place of the first, but for what was not sent', async () => {
  const cache = createMemoryCache()
  const written = { ...inStep, state: putPending(inStep.state, 7, [pending]) }
  const lost = forgetHistory(written)
  const other = applySync(lost, {
    ...answer,
    epoch: 'f',
    contacts: [],
    memberships: [{ ...membership, conversation: 8 }],
    conversations: [],
  })
  await keep(cache, [written, rows], [other, []])
  const restored = restore(await cache.load())
  expect([...restored.state.conversations.keys()]).toEqual([8])
  expect(restored.state.conversations.get(8)?.pending).toEqual([pending])
  expect(restored.state.contacts.size).toBe(0)
  expect(await cache.page(7, 4, 50)).toEqual([])
})

test('[Y22] a full disk costs the messages that can be had again, not the one that was not sent', async () => {
  const memory = createMemoryCache()
  let full = true
  const cache: Cache = {
    ...memory,
    save: (change) => (full && change.messages?.length ? Promise.reject(new Error('full')) : memory.save(change)),
    async dropMessages() {
      full = false
      await memory.dropMessages()
    },
  }
  const written = { ...inStep, state: putPending(inStep.state, 7, [pending]) }
  await keep(cache, [written, rows])
  const restored = restore(await memory.load())
  expect(restored.state.conversations.get(7)).toMatchObject({ last_seq: 3, pending: [pending] })
  expect(await memory.page(7, 3, 50)).toEqual([])
})

const refuse = () => Promise.reject(new Error('no'))

test('[Y22] a cache that keeps nothing at all stops nobody', async () => {
  const keeper = createKeeper({ ...createMemoryCache(), save: refuse, dropMessages: refuse }, nothingHeld)
  keeper.note(inStep, rows)
  await keeper.flush()
  keeper.note({ ...inStep, rev: 3 }, [])
  await keeper.flush()
})

test('[Y21] what does not fit together is left out', () => {
  const saved = { ...inStep.state.conversations.get(7), newest: row(2) } as never
  const device = { me, settings: null, epoch: 'e', rev: 2, cursor: '5', synced: true }
  const restored = restore({
    ...nothingSaved,
    device,
    conversations: [saved],
    pending: [{ ...pending, conversation: 9, peer: 5 }],
  })
  expect(restored.state.conversations.get(7)?.messages).toEqual([])
  expect(restored.state.conversations.get(-5)?.pending).toEqual([pending])
  expect(restore({ ...nothingSaved, contacts: [contact], conversations: [saved] }).state.contacts.size).toBe(0)
})

const group = applySync(
  start,
  makeAnswer({ memberships: [makeInGroup(1)], conversations: [makeChanged(rows, 3, { group: makeGroup(1) })] }),
)

test('[Y3] everything that is kept comes back: groups, requests, settings, people, and what was arranged and not told', async () => {
  const cache = createMemoryCache()
  const settings = { name: 'one', signature: '', avatar: '', status: 'away', contact_groups: ['a'], rev: 3 } as const
  const request = { conversation: 5, group: 'g', number: 10_003, name: 'x', greeting: '', at: 0, rev: 4 } as const
  const synced = applySync(group, {
    ...makeAnswer({ rev: 4, cursor: '6' }),
    requests: [{ ...request, state: 'waiting' }],
    settings: [{ ...settings, contact_groups: ['a'] }],
  })
  const person = { number: 10_003, name: 'three', signature: '', avatar: '' }
  const conversation = synced.state.conversations.get(chat)
  if (!conversation) throw new Error('The conversation is not held.')
  const arranged = overlay({ ...conversation, untold: { draft: 'not told', pinned: true }, pinned_at: 7 })
  const people = new Map([[person.number, person]])
  const held = { ...synced, state: { ...putConversation(synced.state, arranged), people } }
  await keep(cache, [held, rows])
  const { state } = restore(await cache.load())
  expect([state.settings, state.requests, state.people]).toEqual([held.state.settings, held.state.requests, people])
  expect(state.conversations.get(chat)).toEqual({ ...arranged, messages: rows.slice(-1) })
  expect(state.conversations.get(chat)).toMatchObject({ draft: 'not told', pinned_at: 7 })
})

test('[D8] [Y26] what one is no longer in is gone from the cache too, even where one comes in again before it is written', async () => {
  const out = applyOwnRows(group, { ...noRows, memberships: [makeInGroup(2, { left: true })] }) ?? group
  const back = applyOwnRows(out, { ...noRows, memberships: [makeInGroup(3)] }) ?? out
  const written = { ...group, state: putPending(group.state, chat, [pending]) }
  for (const steps of [[out], [out, back]]) {
    const cache = createMemoryCache()
    const keeper = createKeeper(cache, nothingHeld)
    keeper.note(written, rows)
    await keeper.flush()
    keeper.note(written, [row(2, { rev: 9 })])
    for (const step of steps) keeper.note(step, [])
    keeper.note(steps.at(-1) ?? out, steps.length === 1 ? [row(3)] : [])
    await keeper.flush()
    const saved = await cache.load()
    expect([saved.conversations.length, saved.pending]).toEqual([steps.length - 1, []])
    expect(await cache.page(chat, 4, 50)).toEqual([])
  }
})

test('[D8] [Y26] out of a group and in again while away: what came before is gone from the cache', async () => {
  const cache = createMemoryCache()
  const keeper = createKeeper(cache, nothingHeld)
  keeper.note(group, rows)
  await keeper.flush()
  const later = makeMessages(4, 5)
  const memberships = [makeInGroup(3, { from_seq: 3, read_seq: 3 })]
  keeper.note(applySync(group, makeAnswer({ rev: 3, memberships, conversations: [makeChanged(later)] })), later)
  await keeper.flush()
  expect(await cache.page(chat, 6, 50)).toEqual(later)
  expect(await cache.page(chat, 4, 50)).toEqual([])
  expect((await cache.load()).conversations).toMatchObject([{ id: chat, from_seq: 3, newest: makeMessage(5) }])
})

test('[D7] [Y28] of a stale conversation only what came is kept', async () => {
  const cache = createMemoryCache()
  const keeper = createKeeper(cache, nothingHeld)
  keeper.note(inStep, rows)
  await keeper.flush()
  keeper.note({ ...inStep, rev: 3 }, makeMessages(4, 6))
  keeper.note({ ...inStep, rev: 4 }, makeMessages(7, 8), [chat])
  await keeper.flush()
  expect(await cache.page(chat, 9, 50)).toEqual(makeMessages(7, 8))
  expect(await cache.page(chat, 7, 50)).toEqual([])
  keeper.note({ ...inStep, rev: 5 }, makeMessages(5, 6))
  await keeper.flush()
  expect(await cache.page(chat, 9, 50)).toEqual(makeMessages(5, 8))
})

test('[Y4] [Y20] what was written to a group finds it again in the same history, though the rest is lost', async () => {
  const cache = createMemoryCache()
  await keep(cache, [{ ...group, state: putPending(group.state, chat, [pending]) }, rows])
  await cache.save({ reset: true })
  const restored = restore({ ...(await cache.load()), device: null })
  expect(restored).toMatchObject({ epoch: 'e', rev: 0, cursor: '' })
  expect(restored.state.conversations.get(strandedGroup(chat))).toMatchObject({ kind: 'group', pending: [pending] })
  const found = applySync(restored, makeAnswer({ memberships: [makeInGroup(1)] }))
  expect([...found.state.conversations.keys()]).toEqual([chat])
  expect(found.state.conversations.get(chat)?.pending).toEqual([pending])
  const gone = applySync(restored, makeAnswer())
  expect(gone.state.conversations.get(strandedGroup(chat))?.pending).toMatchObject([{ state: { kind: 'failed' } }])
  const other = applySync(restored, makeAnswer({ epoch: 'f', reset: true, memberships: [makeInGroup(1)] }))
  expect(other.state.conversations.get(chat)?.pending).toEqual([])
})
