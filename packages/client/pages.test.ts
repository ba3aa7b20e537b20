import { describe, expect, test } from 'bun:test'
import { ok, type Input, type MessageRow } from '@rookery/protocol'
import * as fc from 'fast-check'
import { applyMessage } from './apply.ts'
import { applySync } from './comparison.ts'
import { nothingHeld } from './held.ts'
import { createPages } from './pages.ts'
import { chat, makeAnswer, makeChanged, makeInGroup, makeMessage, makeMessages, me, peer } from './sample.ts'
import { makeDevice, type SimulatedDevice } from './simulated-device.ts'
import type { Conversation } from './state.ts'

/** A server that has so many messages of the chat; some may have changed. */
function serverOf(count: number, changed: ReadonlyMap<number, MessageRow> = new Map()) {
  const log = makeMessages(1, count).map((row) => changed.get(row.seq) ?? row)
  return ({ before, after, limit = 50 }: Input<'messages.page'>) =>
    ok({
      messages:
        after === undefined
          ? log.filter(({ seq }) => seq < (before ?? count + 1)).slice(-limit)
          : log.filter(({ seq }) => seq > after).slice(0, limit),
    })
}

/** A device that holds the newest ten of 1,000 messages. */
function openPages(from_seq = 0) {
  const conversations = [makeChanged(makeMessages(991, 1_000), 0)]
  const memberships = [makeInGroup(1, { from_seq, read_seq: 1_000 })]
  const start = { ...nothingHeld, state: { ...nothingHeld.state, me } }
  const device = makeDevice(applySync(start, makeAnswer({ memberships, conversations })).state)
  device.serve({ 'messages.page': serverOf(1_000) })
  return { device, pages: createPages(device) }
}

function find(device: SimulatedDevice): Conversation {
  const conversation = device.state().conversations.get(chat)
  if (!conversation) throw new Error('The conversation is not held.')
  return conversation
}

const extent = (rows: readonly MessageRow[] = []) => [rows[0]?.seq, rows.at(-1)?.seq, rows.length]
const around = (device: SimulatedDevice) => extent(find(device).around?.messages)

describe('[Y31] a jump', () => {
  test('shows what is around a message, apart from the newest ones, and grows on both sides until it meets them', async () => {
    const { device, pages } = openPages()
    expect(await pages.loadAround(chat, 700)).toBe(true)
    expect(around(device)).toEqual([651, 750, 100])
    expect(find(device).around).toMatchObject({ hasOlder: true, hasNewer: true })
    expect(extent(find(device).messages)).toEqual([991, 1_000, 10])
    expect(await pages.loadOlder(chat)).toBe(true)
    expect(around(device)).toEqual([551, 750, 200])
    expect(await pages.loadNewer(chat)).toBe(true)
    expect(await pages.loadNewer(chat)).toBe(true)
    expect(around(device)).toEqual([551, 950, 400])
    expect(await pages.loadNewer(chat)).toBe(false)
    expect(find(device).around).toBeNull()
    expect(extent(find(device).messages)).toEqual([551, 1_000, 450])
    expect(await pages.loadNewer(chat)).toBe(false)
  })

  test('to a message that is loaded, or that is shown, asks nobody', async () => {
    const { device, pages } = openPages()
    await pages.loadAround(chat, 500)
    const { length } = device.asked
    expect(await pages.loadAround(chat, 520)).toBe(true)
    expect(around(device)).toEqual([451, 550, 100])
    expect(await pages.loadAround(chat, 995)).toBe(true)
    expect(find(device).around).toBeNull()
    expect(device.asked).toHaveLength(length)
  })

  test('next to the newest ones is a part of them', async () => {
    const { device, pages } = openPages()
    expect(await pages.loadAround(chat, 950)).toBe(true)
    expect(find(device).around).toBeNull()
    expect(extent(find(device).messages)).toEqual([901, 1_000, 100])
  })

  test('to held messages asks nobody, and holds what it asked for', async () => {
    const { device, pages } = openPages()
    await pages.loadAround(chat, 300)
    pages.leaveAround(chat)
    expect(find(device).around).toBeNull()
    device.serve({})
    expect(await pages.loadAround(chat, 300)).toBe(true)
    expect(find(device).around?.messages.some(({ seq }) => seq === 300)).toBe(true)
    expect(await pages.loadAround(chat, 100)).toBe(false)
  })

  test('leads nowhere where there is nothing for us', async () => {
    const { device, pages } = openPages(600)
    for (const seq of [0, 600, 1_001]) expect(await pages.loadAround(chat, seq)).toBe(false)
    expect(await pages.loadAround(99, 1)).toBe(false)
    expect(await pages.loadAround(chat, 620)).toBe(true)
    expect(around(device)).toEqual([601, 670, 70])
    expect(find(device).around?.hasOlder).toBe(false)
    expect(await pages.loadOlder(chat)).toBe(false)
  })

  test('what changes is changed there too, and what comes is not drawn into it', async () => {
    const { device, pages } = openPages()
    await pages.loadAround(chat, 700)
    const edited = makeMessage(700, { rev: 1_001, body: { kind: 'text', text: 'edited' } })
    for (const row of [edited, makeMessage(1_001, { rev: 1_002 })]) {
      const next = applyMessage(device.state(), row)
      if (next) device.set(next, [row])
    }
    expect(find(device).around?.messages.find(({ seq }) => seq === 700)).toEqual(edited)
    expect(around(device)).toEqual([651, 750, 100])
    expect(find(device).messages.at(-1)?.seq).toBe(1_001)
  })
})

describe('older messages', () => {
  test('[D8] are loaded down to where one’s time begins', async () => {
    const { device, pages } = openPages(850)
    expect(await pages.loadOlder(chat)).toBe(true)
    expect(await pages.loadOlder(chat)).toBe(false)
    expect(extent(find(device).messages)).toEqual([851, 1_000, 150])
    const { length } = device.asked
    expect(await pages.loadOlder(chat)).toBe(false)
    expect(device.asked).toHaveLength(length)
  })

  test('[D11] [Y29] what changed while they were on their way is not undone by them', async () => {
    const { device, pages } = openPages()
    const edited = makeMessage(950, { rev: 1_001, body: { kind: 'recalled', by: peer } })
    device.serve({
      'messages.page'(input) {
        const before = serverOf(1_000)(input)
        const next = applyMessage(device.state(), edited)
        if (next) device.set(next, [edited])
        return before
      },
    })
    await pages.loadOlder(chat)
    expect(find(device).messages.find(({ seq }) => seq === 950)).toEqual(edited)
    expect((await device.cache.page(chat, 951, 1))[0]).toEqual(edited)
  })

  test('[Y28] [Y29] what may have changed unnoticed while they were on their way is not taken', async () => {
    const { device, pages } = openPages()
    device.serve({
      'messages.page'(input) {
        device.set(device.state(), [], [chat])
        return serverOf(1_000)(input)
      },
    })
    expect(await pages.loadOlder(chat)).toBe(false)
    expect(extent(find(device).messages)).toEqual([991, 1_000, 10])
  })
})

test('[D2] [Y31] wherever one jumps and scrolls, both runs are without a hole, apart, and as the server has them', async () => {
  const move = fc.oneof(
    fc.record({ kind: fc.constant('jump' as const), seq: fc.integer({ min: 1, max: 1_000 }) }),
    fc.record({ kind: fc.constantFrom('older' as const, 'newer' as const, 'leave' as const), seq: fc.constant(0) }),
    fc.record({ kind: fc.constant('push' as const), seq: fc.integer({ min: 1, max: 1_000 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 30 }), async (moves) => {
      const { device, pages } = openPages()
      const changed = new Map<number, MessageRow>()
      for (const taken of moves) {
        if (taken.kind === 'jump') {
          expect(await pages.loadAround(chat, taken.seq)).toBe(true)
          const { messages, around: apart } = find(device)
          expect([...messages, ...(apart?.messages ?? [])].some(({ seq }) => seq === taken.seq)).toBe(true)
        } else if (taken.kind === 'older') await pages.loadOlder(chat)
        else if (taken.kind === 'newer') await pages.loadNewer(chat)
        else if (taken.kind === 'leave') pages.leaveAround(chat)
        else {
          const row = makeMessage(taken.seq, { rev: find(device).rev + 1 })
          changed.set(row.seq, row)
          device.serve({ 'messages.page': serverOf(1_000, changed) })
          const next = applyMessage(device.state(), row)
          if (next) device.set(next, [row])
        }
        const { messages, around: apart } = find(device)
        expect(messages.at(-1)?.seq).toBe(1_000)
        for (const run of [messages, apart?.messages ?? []])
          for (const [index, row] of run.entries()) {
            expect(row.seq).toBe((run[0]?.seq ?? 0) + index)
            expect(row.rev).toBe(changed.get(row.seq)?.rev ?? row.seq)
          }
        if (apart) expect(apart.messages.at(-1)?.seq).toBeLessThan((messages[0]?.seq ?? 0) - 1)
      }
    }),
    { numRuns: 40 },
  )
})
