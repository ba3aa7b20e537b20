import { expect, test } from 'bun:test'
import { countUnsent, neighbourOf, orderConversations, totalUnread } from './order.ts'
import { byId, conversation, me, message, peer, pending } from './sample.ts'

const old = conversation({ id: 1, messages: [message(1, peer, 1_000)] })
const fresh = conversation({ id: 2, messages: [message(1, me, 2_000)] })
const waiting = conversation({ id: 3, pending: [pending('p', 3_000)] })
const unused = conversation({ id: 4 })
const gone = conversation({ id: 5, writable: false })

test('newest first, pending messages count, unused last', () => {
  const order = orderConversations(byId(old, fresh, waiting, unused)).map(({ id }) => id)
  expect(order).toEqual([3, 2, 1, 4])
})

test('a deleted contact with whom nothing was said is not listed', () => {
  expect(orderConversations(byId(gone))).toEqual([])
  expect(orderConversations(byId({ ...old, writable: false }))).toHaveLength(1)
})

test('neighbours follow the list and stop at its ends', () => {
  const all = byId(old, fresh, waiting)
  expect(neighbourOf(all, 2, 1)).toBe(1)
  expect(neighbourOf(all, 2, -1)).toBe(3)
  expect(neighbourOf(all, 1, 1)).toBeNull()
  expect(neighbourOf(all, null, 1)).toBe(3)
  expect(neighbourOf(byId(), null, 1)).toBeNull()
})

test('unread counts add up', () => {
  expect(totalUnread(byId({ ...old, unread: 2 }, { ...fresh, unread: 100 }))).toBe(102)
})

test('unsent is what no server has acknowledged', () => {
  const acknowledged = pending('a', 1, { kind: 'sent', seq: 1 })
  const refused = pending('b', 2, { kind: 'failed', code: 'not_writable' })
  expect(countUnsent(byId({ ...old, pending: [acknowledged, refused] }, waiting))).toBe(2)
})
