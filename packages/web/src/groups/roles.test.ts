import { expect, test } from 'bun:test'
import { isUntilLifted, mayInvite, outranks, untilLifted } from './roles.ts'

test('owners are above admins, admins above members, members above nobody', () => {
  expect(outranks('owner', 'admin')).toBeTrue()
  expect(outranks('owner', 'member')).toBeTrue()
  expect(outranks('admin', 'member')).toBeTrue()
  for (const theirs of ['owner', 'admin', 'member'] as const) expect(outranks('member', theirs)).toBeFalse()
  for (const role of ['owner', 'admin', 'member'] as const) expect(outranks(role, role)).toBeFalse()
})

test('members invite where the group lets them', () => {
  expect(mayInvite({ role: 'member' }, { inviting: 'members' })).toBeTrue()
  expect(mayInvite({ role: 'member' }, { inviting: 'admins' })).toBeFalse()
  expect(mayInvite({ role: 'admin' }, { inviting: 'admins' })).toBeTrue()
  expect(mayInvite({ role: 'member' }, null)).toBeFalse()
})

test('a silence without end is told from a day', () => {
  expect(isUntilLifted(untilLifted, Date.now())).toBeTrue()
  expect(isUntilLifted(Date.now() + 86_400_000, Date.now())).toBeFalse()
})
