import { expect, test } from 'bun:test'
import type { ContactState } from '@rookery/protocol'
import { passes } from './filter.ts'
import { countUnsent, neighbourOf, orderConversations, totalUnread, type Conversations, type Listed } from './order.ts'
import { byId, conversation, group, me, message, peer, pending } from './sample.ts'

const old = conversation({ id: 1, messages: [message(1, peer, 1_000)] })
const fresh = conversation({ id: 2, messages: [message(1, me, 2_000)] })
const waiting = conversation({ id: 3, pending: [pending('p', 3_000)] })
const unused = conversation({ id: 4 })
const gone = conversation({ id: 5, writable: false })

const listed = (conversations: Conversations, contacts: Listed['contacts'] = new Map()): Listed => ({
  conversations,
  contacts,
})

test('newest first, pending messages count, unused last', () => {
  const order = orderConversations(listed(byId(old, fresh, waiting, unused))).map(({ id }) => id)
  expect(order).toEqual([3, 2, 1, 4])
})

test('a new contact, to whom nothing was said, stands by when they became one', () => {
  const contact = { peer: 20, name: 'new', signature: '', avatar: '', greeting: '', remark: '', group: '', rev: 1 }
  const kept = { ...contact, blocked: false, hidden: false, at: 1_500 }
  const all = byId(old, fresh, waiting, { ...unused, peer: 20 })
  const order = (state: ContactState) =>
    orderConversations(listed(all, new Map([[20, { ...kept, state }]]))).map(({ id }) => id)
  expect(order('friend')).toEqual([3, 2, 4, 1])
  expect(order('outgoing')).toEqual([3, 2, 1, 4])
})

test('a deleted contact with whom nothing was said is not listed', () => {
  expect(orderConversations(listed(byId(gone)))).toEqual([])
  expect(orderConversations(listed(byId({ ...old, writable: false })))).toHaveLength(1)
})

test('neighbours follow the list and stop at its ends', () => {
  const all = byId(old, fresh, waiting)
  expect(neighbourOf(listed(all), 2, 1)).toBe(1)
  expect(neighbourOf(listed(all), 2, -1)).toBe(3)
  expect(neighbourOf(listed(all), 1, 1)).toBeNull()
  expect(neighbourOf(listed(all), null, 1)).toBe(3)
  expect(neighbourOf(listed(byId()), null, 1)).toBeNull()
})

test('pinned ones stand above the others', () => {
  const pinned = { ...old, pinned_at: 1 }
  expect(orderConversations(listed(byId(pinned, fresh, waiting))).map(({ id }) => id)).toEqual([1, 3, 2])
})

test('unread counts add up; muted chats count only where they mention one', () => {
  expect(totalUnread(byId({ ...old, unread: 2 }, { ...fresh, unread: 100 }))).toBe(102)
  expect(totalUnread(byId({ ...old, marked: true }, { ...fresh, unread: 5, muted: true }))).toBe(1)
  expect(totalUnread(byId({ ...fresh, unread: 5, muted: true, mentioned: 3 }))).toBe(1)
})

test('the filters', () => {
  const talk = group({ mentioned: 4 })
  expect([passes(old, 'all'), passes(old, 'unread'), passes({ ...old, marked: true }, 'unread')]).toEqual([
    true,
    false,
    true,
  ])
  expect([passes(talk, 'mentions'), passes(old, 'mentions')]).toEqual([true, false])
  expect([passes(talk, 'groups'), passes(old, 'groups')]).toEqual([true, false])
})

test('unsent is what no server has acknowledged', () => {
  const acknowledged = pending('a', 1, { kind: 'sent', seq: 1 })
  const refused = pending('b', 2, { kind: 'failed', code: 'not_writable' })
  expect(countUnsent(byId({ ...old, pending: [acknowledged, refused] }, waiting))).toBe(2)
})
