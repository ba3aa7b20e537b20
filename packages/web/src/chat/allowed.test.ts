import { expect, test } from 'bun:test'
import type { GroupRole } from '@rookery/protocol'
import { conversation, group, me, peer, said } from '../messages/sample.ts'
import { allowedOn } from './allowed.ts'

const by = (role: GroupRole = 'member', writing = true) => ({ me, role, writing })
const text = (sender: number) => said(1, sender, { kind: 'text', text: 'words' })

test('one’s own words can be edited and taken back, another’s cannot', () => {
  expect(allowedOn(text(me), conversation(), by())).toMatchObject({ edit: true, recall: true, reply: true })
  expect(allowedOn(text(peer), conversation(), by())).toMatchObject({ edit: false, recall: false, reply: true })
})

const recall = (mine: GroupRole, theirs: GroupRole) => allowedOn(text(peer), group({ role: mine }), by(theirs)).recall

test('in a group those above take back what those below said', () => {
  expect(recall('admin', 'member')).toBe(true)
  expect(recall('owner', 'admin')).toBe(true)
  expect(recall('admin', 'admin')).toBe(false)
  expect(recall('member', 'member')).toBe(false)
})

test('what was forwarded is not edited; what happened is left alone', () => {
  const forwarded = said(1, me, { kind: 'text', text: 'words', forwarded: { number: peer, name: 'two' } })
  expect(allowedOn(forwarded, conversation(), by()).edit).toBe(false)
  const event = said(1, me, { kind: 'event', event: 'created' })
  expect(Object.values(allowedOn(event, group({ role: 'owner' }), by()))).not.toContain(true)
})

test('who may not write can still copy, forward and take back', () => {
  expect(allowedOn(text(me), group(), by('member', false))).toEqual({
    reply: false,
    react: false,
    copy: true,
    forward: true,
    edit: false,
    recall: true,
  })
})
