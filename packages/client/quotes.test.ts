import { expect, test } from 'bun:test'
import { ok, refuse } from '@rookery/protocol'
import { applyMessage } from './apply.ts'
import { applySync } from './comparison.ts'
import { nothingHeld, putConversation } from './held.ts'
import { createQuotes } from './quotes.ts'
import { chat, makeAnswer, makeChanged, makeDirect, makeMessage, makeMessages, me } from './sample.ts'
import { makeDevice, settle, type SimulatedDevice } from './simulated-device.ts'
import { messageKey } from './state.ts'

function openQuotes() {
  const start = { ...nothingHeld, state: { ...nothingHeld.state, me } }
  const answer = makeAnswer({ memberships: [makeDirect(1)], conversations: [makeChanged(makeMessages(991, 1_000), 0)] })
  const device = makeDevice(applySync(start, answer).state)
  return { device, quotes: createQuotes(device) }
}

/** All but every tenth message is there. */
const some = {
  'messages.get': ({ seqs }: { seqs: number[] }) =>
    ok({ messages: seqs.filter((seq) => seq % 10 !== 0).map((seq) => makeMessage(seq)) }),
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await Bun.sleep(1)
}

const isKnown = (device: SimulatedDevice, seq: number) => () => device.state().quoted.has(messageKey(chat, seq))

test('[Y31] a loaded message is at hand; others are asked for at once, each once, and then in the state', async () => {
  const { device, quotes } = openQuotes()
  device.serve(some)
  expect(quotes.find(chat, 995)).toEqual(makeMessage(995))
  for (let draw = 0; draw < 3; draw += 1) for (const seq of [5, 6, 10]) expect(quotes.find(chat, seq)).toBeUndefined()
  await until(isKnown(device, 5))
  expect(device.asked).toEqual([{ name: 'messages.get', input: { conversation: chat, seqs: [5, 6, 10] } }])
  expect([quotes.find(chat, 5), quotes.find(chat, 10)]).toEqual([makeMessage(5), null])
})

test('[Y31] held ones are read from the cache', async () => {
  const { device, quotes } = openQuotes()
  await device.cache.save({ messages: makeMessages(40, 42) })
  quotes.find(chat, 41)
  await until(isKnown(device, 41))
  expect(quotes.find(chat, 41)).toEqual(makeMessage(41))
  expect(device.asked).toEqual([])
})

test('[D8] what was asked for before one was out and in again is not shown after it', async () => {
  const { device, quotes } = openQuotes()
  await device.cache.save({ messages: makeMessages(40, 42) })
  device.serve({
    'messages.get'({ seqs }: { seqs: number[] }) {
      const held = device.state().conversations.get(chat)
      if (held) device.set(putConversation(device.state(), { ...held, from_seq: 900 }), [])
      return ok({ messages: seqs.map((seq) => makeMessage(seq)) })
    },
  })
  for (const seq of [41, 901]) quotes.find(chat, seq)
  await until(isKnown(device, 901))
  expect([quotes.find(chat, 41), quotes.find(chat, 901)]).toEqual([null, makeMessage(901)])
})

test('without a connection they wait for one', async () => {
  const { device, quotes } = openQuotes()
  quotes.find(chat, 5)
  await until(() => device.asked.length === 1)
  await settle()
  device.serve(some)
  quotes.refresh()
  await until(isKnown(device, 5))
  expect(quotes.find(chat, 5)).toEqual(makeMessage(5))
})

test('[D7] while one may not read, nothing is known: who is in again is shown what there is', async () => {
  const { device, quotes } = openQuotes()
  device.serve({ 'messages.get': () => refuse('not_member') })
  quotes.find(chat, 5)
  await until(() => device.asked.length === 1)
  await settle()
  device.serve(some)
  expect(quotes.find(chat, 5)).toBeUndefined()
  await until(isKnown(device, 5))
  expect(quotes.find(chat, 5)).toEqual(makeMessage(5))
})

test('[D9] [Y27] what is taken back is taken back here too, though the answer was older', async () => {
  const { device, quotes } = openQuotes()
  const recall = (seq: number, rev: number) => {
    const row = makeMessage(seq, { rev, body: { kind: 'recalled', by: 10_002 } })
    const next = applyMessage(device.state(), row)
    if (next) device.set(next, [row])
  }
  device.serve({
    'messages.get'(input) {
      const answer = some['messages.get'](input)
      recall(5, 1_001)
      return answer
    },
  })
  for (const seq of [5, 6]) quotes.find(chat, seq)
  await until(isKnown(device, 6))
  recall(6, 1_002)
  expect([5, 6].map((seq) => quotes.find(chat, seq)?.body.kind)).toEqual(['recalled', 'recalled'])
})

test('[Y28] what may have changed unnoticed meanwhile is asked again', async () => {
  const { device, quotes } = openQuotes()
  let times = 0
  device.serve({
    'messages.get'({ seqs }) {
      times += 1
      if (times === 1) device.set(device.state(), [], [chat])
      return ok({ messages: seqs.map((seq) => makeMessage(seq, { rev: times })) })
    },
  })
  quotes.find(chat, 5)
  await until(isKnown(device, 5))
  expect(quotes.find(chat, 5)?.rev).toBe(2)
})

test('only the last 500 are kept, and asked at most 100 at once', async () => {
  const { device, quotes } = openQuotes()
  device.serve(some)
  for (let seq = 1; seq <= 900; seq += 1) quotes.find(chat, seq)
  await until(isKnown(device, 900))
  expect(device.state().quoted.size).toBe(500)
  expect(device.asked).toHaveLength(9)
  expect(quotes.find(chat, 900)).toBeNull()
  expect(quotes.find(chat, 1)).toBeUndefined()
})
