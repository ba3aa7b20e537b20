import { expect, test } from 'bun:test'
import { conversation, group, groupRow, me, message, peer, pending } from '../messages/sample.ts'
import { chatItems, type BubbleItem, type ChatItem } from './items.ts'

const noon = new Date('2026-03-01T12:00:00').getTime()
const minute = 60_000

const kinds = (items: ChatItem[]) => items.map(({ kind }) => kind)
const bubbles = (items: ChatItem[]) => items.filter((item): item is BubbleItem => item.kind === 'bubble')
const edges = (items: ChatItem[]) => bubbles(items).map(({ starts, ends }) => [starts, ends])

test('messages of one sender within five minutes are one run', () => {
  const messages = [message(1, peer, noon), message(2, peer, noon + minute), message(3, peer, noon + 6 * minute)]
  const items = chatItems(conversation({ messages }), me, null)
  expect(kinds(items)).toEqual(['time', 'bubble', 'bubble', 'bubble'])
  expect(edges(items)).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ])
})

test('the other sender starts a run without a separator', () => {
  const messages = [message(1, peer, noon), message(2, me, noon + 1), message(3, me, noon + 2)]
  const items = chatItems(conversation({ messages }), me, null)
  expect(kinds(items)).toEqual(['time', 'bubble', 'bubble', 'bubble'])
  expect(edges(items)).toEqual([
    [true, true],
    [true, false],
    [false, true],
  ])
})

test('a gap of over five minutes, and midnight, separate', () => {
  const messages = [
    message(1, peer, noon),
    message(2, peer, noon + 5 * minute + 1),
    message(3, peer, noon + 12 * 60 * minute - 1),
    message(4, peer, noon + 12 * 60 * minute),
  ]
  const items = chatItems(conversation({ messages }), me, null)
  expect(kinds(items).filter((kind) => kind === 'time')).toHaveLength(4)
})

test('the unread line stands above the first message of the other one past the pointer', () => {
  const messages = [message(1, peer, noon), message(2, me, noon + 1), message(3, peer, noon + 2)]
  const items = chatItems(conversation({ messages }), me, 1)
  expect(kinds(items)).toEqual(['time', 'bubble', 'bubble', 'unread', 'bubble'])
  expect(kinds(chatItems(conversation({ messages }), me, 3))).not.toContain('unread')
})

test('no unread line where the messages above it are not loaded', () => {
  const messages = [message(8, peer, noon), message(9, peer, noon + 1)]
  expect(kinds(chatItems(conversation({ messages }), me, 5))).not.toContain('unread')
  expect(kinds(chatItems(conversation({ messages }), me, 7))).toContain('unread')
})

test('own messages are sent, then read; pending ones follow and keep their id', () => {
  const items = bubbles(
    chatItems(
      conversation({
        messages: [message(1, me, noon), message(2, me, noon + 1)],
        pending: [pending('a', noon + 2), pending('b', noon + 3, { kind: 'failed', code: 'not_writable' })],
        peer_read_seq: 1,
      }),
      me,
      null,
    ),
  )
  expect(items.map(({ delivery }) => delivery)).toEqual(['read', 'sent', 'sending', 'failed'])
  expect(items.map(({ id }) => id)).toEqual(['id-1', 'id-2', 'a', 'b'])
  expect(items.at(-1)?.failure).toBe('not_writable')
})

test('nothing said, nothing shown', () => {
  expect(chatItems(conversation(), me, 0)).toEqual([])
})

test('what happened, a shake and what was taken back are lines, and part the runs', () => {
  const messages = [
    message(1, peer, noon),
    { ...message(2, peer, noon + 1), body: { kind: 'shake' } as const },
    message(3, peer, noon + 2),
    { ...message(4, peer, noon + 3), body: { kind: 'recalled', by: peer } as const },
    { ...message(5, me, noon + 4), body: { kind: 'event', event: 'left' } as const },
  ]
  const items = chatItems(conversation({ messages }), me, null)
  expect(kinds(items)).toEqual(['time', 'bubble', 'line', 'bubble', 'line', 'line'])
  expect(edges(items)).toEqual([
    [true, true],
    [true, true],
  ])
})

test('[D12] what happened and what was taken back is nothing new', () => {
  const messages = [
    message(1, peer, noon),
    { ...message(2, peer, noon + 1), body: { kind: 'event', event: 'renamed', text: 'new' } as const },
    { ...message(3, peer, noon + 2), body: { kind: 'recalled', by: peer } as const },
  ]
  expect(kinds(chatItems(conversation({ messages }), me, 1))).not.toContain('unread')
})

test('in a group, two people in a row are two runs', () => {
  const messages = [message(1, peer, noon), message(2, peer + 1, noon + 1), message(3, peer + 1, noon + 2)]
  expect(edges(chatItems(group({ messages }), me, null))).toEqual([
    [true, true],
    [true, false],
    [false, true],
  ])
})

test('in a small group own messages tell how many have read them; in a large one nobody knows', () => {
  const messages = [message(1, me, noon), message(2, peer, noon + 1), message(3, me, noon + 2)]
  const readers = new Map([
    [peer, 3],
    [peer + 1, 1],
    [peer + 2, 2],
  ])
  const readBy = (members: number) =>
    bubbles(chatItems(group({ messages, readers, group: { ...groupRow, members } }), me, null)).map((one) => one.readBy)
  expect(readBy(4)).toEqual([3, null, 1])
  expect(readBy(101)).toEqual([null, null, null])
})

test('where somebody jumped to is shown alone', () => {
  const around = { messages: [message(1, peer, noon)], hasOlder: false, hasNewer: true }
  const items = chatItems(
    conversation({ messages: [message(9, peer, noon)], pending: [pending('p', noon)], around }),
    me,
    null,
  )
  expect(bubbles(items).map(({ seq }) => seq)).toEqual([1])
})
