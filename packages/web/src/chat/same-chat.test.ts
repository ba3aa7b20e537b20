import { expect, test } from 'bun:test'
import { conversation, group, groupRow, message, peer, pending } from '../messages/sample.ts'
import { isSameChat, isSameDrawing } from './same-chat.ts'

test('what was said makes no other chat of it, anything else does', () => {
  const before = conversation({ messages: [message(1, peer, 1)] })
  const said = { ...before, messages: [], last_seq: 9, unread: 3, pending: [pending('a', 1)], typing: [peer] }
  expect(isSameChat(before, said)).toBe(true)
  expect(isSameChat(before, { ...said, writable: false })).toBe(false)
  expect(isSameChat(before, { ...said, draft: 'words' })).toBe(false)
  expect(isSameChat(group(), group({ group: { ...groupRow, name: 'other' } }))).toBe(false)
  expect(isSameChat(before, group())).toBe(false)
})

test('other properties are compared as they are', () => {
  const before = conversation()
  const said = { ...before, last_seq: 9 }
  expect(isSameDrawing({ conversation: before, place: 'shell' }, { conversation: said, place: 'shell' })).toBe(true)
  expect(isSameDrawing({ conversation: before, place: 'shell' }, { conversation: said, place: 'window' })).toBe(false)
})
