import { expect, test } from 'bun:test'
import { ok, refuse, type Result } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import { newConversation, putConversation } from './held.ts'
import { createReads } from './reads.ts'
import { initialState, type ClientState } from './state.ts'

function makeReads() {
  let state: ClientState = putConversation(initialState, { ...newConversation(7), last_seq: 9 })
  const asked: { seq: number; answer: (result: Result<unknown>) => void }[] = []
  const told: number[] = []
  const call = ((_: string, { seq }: { seq: number }) =>
    new Promise((answer) => asked.push({ seq, answer }))) as unknown as Connection['call']
  const set = (next: ClientState) => (state = next)
  const reads = createReads({ call, state: () => state, set, onTold: (id) => told.push(id) })
  return {
    ...reads,
    asked,
    told,
    move(read_seq: number) {
      const held = state.conversations.get(7) ?? newConversation(7)
      state = putConversation(state, { ...held, read_seq })
    },
    known: () => state.conversations.get(7)?.told_read_seq,
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('[D6] one request at a time; the next one tells where the pointer is by then', async () => {
  const reads = makeReads()
  for (const seq of [1, 2, 3]) {
    reads.move(seq)
    void reads.tell(7)
  }
  expect(reads.asked.map(({ seq }) => seq)).toEqual([1])
  reads.asked[0]?.answer(ok({ read_seq: 1 }))
  await settle()
  expect(reads.asked.map(({ seq }) => seq)).toEqual([1, 3])
  reads.asked[1]?.answer(ok({ read_seq: 3 }))
  await settle()
  expect([reads.known(), reads.told]).toEqual([3, [7, 7]])
})

test('[D6] a pointer that got no answer is told again after a reconnect; one that is refused for good is not', async () => {
  const reads = makeReads()
  reads.move(4)
  void reads.tell(7)
  reads.asked[0]?.answer(refuse('unreachable'))
  await settle()
  expect(reads.known()).toBe(0)
  void reads.tellAll()
  reads.asked[1]?.answer(refuse('not_member'))
  await settle()
  expect(reads.known()).toBe(4)
  await reads.tellAll()
  expect(reads.asked).toHaveLength(2)
})
