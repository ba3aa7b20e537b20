import { expect, test } from 'bun:test'
import type { ContactRow } from '@rookery/protocol'
import { conversation, group, groupRow, peer } from '../messages/sample.ts'
import { barrierOf } from './barrier.ts'

const now = 1_000
const kind = (...input: Parameters<typeof barrierOf>) => barrierOf(...input).kind
const contact: ContactRow = {
  peer,
  name: 'two',
  signature: '',
  avatar: '',
  state: 'friend',
  greeting: '',
  at: 0,
  remark: '',
  group: '',
  blocked: false,
  hidden: false,
  rev: 1,
}

test('between two people: contacts write, those who are none or blocked do not', () => {
  expect(kind(conversation(), contact, now)).toBe('none')
  expect(kind(conversation({ writable: false }), { ...contact, state: 'none' }, now)).toBe('no_contacts')
  expect(kind(conversation({ writable: false }), undefined, now)).toBe('no_contacts')
  expect(kind(conversation({ writable: false }), { ...contact, blocked: true }, now)).toBe('blocked')
})

test('in a group: silence ends by itself, and does not bind those who run it', () => {
  expect(kind(group(), undefined, now)).toBe('none')
  expect(barrierOf(group({ silenced_until: now + 1 }), undefined, now)).toEqual({ kind: 'silenced', until: now + 1 })
  expect(kind(group({ silenced_until: now }), undefined, now)).toBe('none')
  const silenced = { ...groupRow, silenced: true }
  expect(kind(group({ group: silenced }), undefined, now)).toBe('all_silenced')
  expect(kind(group({ group: silenced, role: 'admin' }), undefined, now)).toBe('none')
  expect(kind(group({ writable: false }), undefined, now)).toBe('gone')
  expect(kind(group({ writable: false, group: { ...groupRow, dissolved: true } }), undefined, now)).toBe('dissolved')
})
