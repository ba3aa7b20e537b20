import { expect, test } from 'bun:test'
import type { ContactRow, ContactState } from '@rookery/protocol'
import { countIncoming, friendsOf, requestsOf } from './sort-contacts.ts'

function contact(peer: number, name: string, state: ContactState, at = 0): ContactRow {
  const seen = { signature: '', avatar: '' }
  const kept = { remark: '', group: '', blocked: false, hidden: false }
  return { peer, name, ...seen, state, greeting: '', at, ...kept, rev: 1 }
}

const contacts = new Map(
  [
    contact(1, 'two', 'friend'),
    contact(2, 'One', 'friend'),
    contact(3, 'three', 'outgoing', 30),
    contact(4, 'four', 'incoming', 10),
    contact(5, 'five', 'incoming', 20),
    contact(6, 'six', 'none'),
    contact(7, 'one', 'friend'),
  ].map((row) => [row.peer, row]),
)

test('friends stand by name, the number decides between equals', () => {
  expect(friendsOf(contacts).map(({ peer }) => peer)).toEqual([2, 7, 1])
})

test('requests to answer come first, newest on top', () => {
  expect(requestsOf(contacts).map(({ peer }) => peer)).toEqual([5, 4, 3])
  expect(countIncoming(contacts)).toBe(2)
})
