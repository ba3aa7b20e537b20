import { expect, test } from 'bun:test'
import { ok, refuse, type Input, type Output, type Result } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import { nothingHeld, type Held } from './held.ts'
import { makeAnswer, makeChanged, makeDirect, makeMessage } from './sample.ts'
import { createSync } from './sync.ts'

type Request = Input<'sync'>
type Answer = Output<'sync'>

/** A device, and a server whose answers are given one after the other. */
function makeDevice(...answers: (Partial<Answer> | 'unreachable' | ((request: Request) => Partial<Answer>))[]) {
  const requests: Request[] = []
  let held: Held = nothingHeld
  const call = async (_: string, request: Request): Promise<Result<Answer>> => {
    requests.push(request)
    const next = answers.shift()
    if (next === undefined) throw new Error('Asked once more than expected.')
    if (next === 'unreachable') return refuse('unreachable')
    return ok({ ...makeAnswer({ rev: 0 }), ...(typeof next === 'function' ? next(request) : next) })
  }
  const sync = createSync({
    call: call as unknown as Connection['call'],
    held: () => held,
    set(next) {
      held = next
    },
    onCompared() {},
  })
  return { ...sync, requests, held: () => held, left: answers }
}

const conversation = (id: number, last: number) =>
  makeChanged(last > 0 ? [makeMessage(last, { conversation: id })] : [], last, { conversation: id })

const first = {
  rev: 2,
  memberships: [makeDirect(1, { conversation: 1 }), makeDirect(2, { conversation: 2, peer: 10_003 })],
  conversations: [conversation(1, 3), conversation(2, 5)],
  total: 8,
}

test('[D7] [Y10] asks until there is no more, each time with the cursor of the last answer', async () => {
  const device = makeDevice({ ...first, cursor: 'a', more: true }, { rev: 2, cursor: 'b', total: 8 })
  await device.compare()
  expect(device.requests.map(({ cursor, rev, heads }) => [cursor, rev, heads])).toEqual([
    ['', 0, []],
    ['a', 2, []],
  ])
  expect(device.held()).toMatchObject({ cursor: 'b', rev: 2, state: { synced: true } })
})

test('[Y15] what asks while a comparison is under way is served by one more round, not by many', async () => {
  const device = makeDevice(first, { rev: 2, total: 8 })
  await Promise.all([device.compare(), device.compare(), device.compare()])
  expect(device.requests).toHaveLength(2)
})

test('[D7] [Y14] a copy that adds up to less than the server’s tells every rev, and gets what it lacks', async () => {
  const device = makeDevice({ ...first, total: 9 }, ({ heads }) => {
    expect(heads).toEqual([
      [1, 3],
      [2, 5],
    ])
    return { rev: 2, conversations: [conversation(2, 6)], total: 9 }
  })
  await device.compare()
  expect(device.held().state.conversations.get(2)?.rev).toBe(6)
})

test('[D13] [Y14] what is still missing after that starts over; a server that adds up wrongly does not make it loop', async () => {
  const device = makeDevice(
    { ...first, total: 9 },
    { rev: 2, total: 9 },
    ({ epoch, rev, cursor }) => {
      expect([epoch, rev, cursor]).toEqual(['', 0, ''])
      return { ...first, reset: true, total: 9 }
    },
    { rev: 2, total: 9 },
    { rev: 2, total: 9 },
  )
  await device.compare()
  expect(device.left).toHaveLength(2)
  await device.compare()
  expect(device.left).toHaveLength(0)
})

test('[D13] [Y19] a copy that adds up to more knows another history, and starts over', async () => {
  const device = makeDevice({ ...first, total: 7 }, ({ cursor }) => {
    expect(cursor).toBe('')
    return { ...first, reset: true }
  })
  await device.compare()
  expect(device.left).toHaveLength(0)
})

test('[D7] [Y5] a copy that a push moved ahead of the answer is nothing to worry about', async () => {
  const device = makeDevice(() => {
    device.noteTouch()
    return { ...first, total: 7 }
  })
  await device.compare()
  expect(device.requests).toHaveLength(1)
})

test('without an answer the comparison ends; the next connection begins another', async () => {
  const device = makeDevice('unreachable', first)
  await device.compare()
  expect(device.held().state.synced).toBe(false)
  await device.compare()
  expect(device.held().state.synced).toBe(true)
})
