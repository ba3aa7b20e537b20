import { expect, test } from 'bun:test'
import { arrivals } from './arrivals.ts'
import { byId, conversation, me, message, peer } from './sample.ts'

const before = byId(conversation({ messages: [message(1, peer, 1_000)] }))
const after = (sender: number) =>
  byId(conversation({ messages: [message(1, peer, 1_000), message(2, sender, 2_000, 'new')] }))

test('a new message from the other one arrives', () => {
  expect(arrivals(before, after(peer), me)).toMatchObject([{ conversation: { name: 'two' }, message: { seq: 2 } }])
})

test('own messages, history and unchanged states are no arrivals', () => {
  expect(arrivals(before, after(me), me)).toEqual([])
  expect(arrivals(byId(), after(peer), me)).toEqual([])
  expect(arrivals(before, before, me)).toEqual([])
})
