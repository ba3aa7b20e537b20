/** A device that differs from the server is found out. */
import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import { findDifferences, type HeldLog, type StoredLog } from './compare.ts'

const log = [1, 2, 3, 4].map((seq): MessageRow => ({
  conversation: 1,
  seq,
  rev: seq,
  id: `id ${seq}`,
  sender: seq === 4 ? 10_001 : 10_002,
  at: 0,
  body: { kind: 'text', text: `text ${seq}` },
}))
const stored: StoredLog = { log, read_seq: 1, unread: 2 }
const held: HeldLog = { device: '1.1', reader: 10_001, conversation: 1, log, read_seq: 1, unread: 2, pending: 0 }

const kindsOf = (own: Partial<HeldLog>, server: Partial<StoredLog> = {}) =>
  findDifferences({ ...held, ...own }, { ...stored, ...server }).map(({ kind }) => kind)

test('equal is equal', () => {
  expect(kindsOf({})).toEqual([])
})

test('[D7] a missing message, at the end or in between, is a gap', () => {
  expect(kindsOf({ log: log.slice(0, 3) })).toEqual(['gap'])
  expect(kindsOf({ log: log.toSpliced(1, 1) })).toEqual(['gap'])
})

test('[D2] [D13] another message, or one too many', () => {
  expect(kindsOf({ log: log.with(1, { ...(log[1] as MessageRow), id: 'other' }) })).toEqual(['changed'])
  expect(kindsOf({}, { log: log.slice(0, 3) })).toEqual(['foreign'])
})

test('[D2] twice the same, or another order, is disorder', () => {
  expect(kindsOf({ log: [...log, ...log.slice(3)] })).toEqual(['disordered'])
  expect(kindsOf({ log: log.toReversed() })).toEqual(['disordered'])
})

test('[D6] a pointer that is behind the server’s, or past the end', () => {
  expect(kindsOf({ read_seq: 0 })).toEqual(['pointer'])
  expect(kindsOf({ read_seq: 9, unread: 0 }, { read_seq: 9, unread: 0 })).toEqual(['pointer'])
})

test('[D12] a count that is not that of the log, on the device or on the server', () => {
  expect(kindsOf({ unread: 3 })).toEqual(['unread'])
  expect(kindsOf({}, { unread: 0 })).toEqual(['unread'])
})

test('[D4] what is still pending', () => {
  expect(kindsOf({ pending: 1 })).toEqual(['stuck'])
})
