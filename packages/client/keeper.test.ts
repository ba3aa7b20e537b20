import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import { createMemoryCache } from './cache/memory.ts'
import type { Cache } from './cache/cache.ts'
import { applyMessage, putPending } from './apply.ts'
import { applySync, forgetHistory } from './comparison.ts'
import { nothingHeld, type Held } from './held.ts'
import { createKeeper, restore } from './keeper.ts'
import type { PendingMessage } from './state.ts'

const me = { number: 10_001, name: 'one', role: 'member' } as const
const peer = 10_002

function row(seq: number, sender = peer): MessageRow {
  const id = `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`
  return { conversation: 7, seq, rev: seq, id, sender, at: seq, body: { kind: 'text', text: `${seq}` } }
}

const membership = { conversation: 7, kind: 'direct', peer, name: 'two', writable: true, read_seq: 0, rev: 1 } as const
const contact = { peer, name: 'two', state: 'friend', greeting: '', at: 0, rev: 2 } as const
const pending: PendingMessage = { id: row(99).id, at: 1, body: row(99).body, state: { kind: 'sending' } }

const rows = [1, 2, 3].map((seq) => row(seq))
const answer = {
  epoch: 'e',
  reset: false,
  rev: 2,
  cursor: '5',
  contacts: [contact],
  memberships: [membership],
  conversations: [{ conversation: 7, last_seq: 3, rev: 3, unread: 3, messages: rows }],
  total: 3,
  more: false,
}
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
  const arrived = { ...row(4, me.number), id: pending.id }
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
  const device = { me, epoch: 'e', rev: 2, cursor: '5', synced: true }
  const restored = restore({
    device,
    contacts: [],
    conversations: [saved],
    pending: [{ ...pending, conversation: 9, peer: 5 }],
  })
  expect(restored.state.conversations.get(7)?.messages).toEqual([])
  expect(restored.state.conversations.get(-5)?.pending).toEqual([pending])
  expect(restore({ device: null, contacts: [contact], conversations: [saved], pending: [] }).state.contacts.size).toBe(
    0,
  )
})
