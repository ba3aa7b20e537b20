import { expect, test } from 'bun:test'
import type { GroupRequestRow } from '@rookery/protocol'
import { countAsking, groupRequestsOf } from './sort-groups.ts'

const me = 10_001
const now = 1_000_000_000_000

function request(number: number, state: GroupRequestRow['state'], at = now): [string, GroupRequestRow] {
  return [`${number}`, { conversation: 7, group: 'group', number, name: 'name', greeting: '', state, at, rev: number }]
}

test('what waits for an answer of ours stands first; what we were refused stays for a week', () => {
  const requests = new Map([
    request(me, 'refused', now - 86_400_000),
    request(10_002, 'waiting', now - 1),
    request(10_003, 'waiting'),
    request(10_004, 'refused'),
    request(10_005, 'accepted'),
  ])
  expect(groupRequestsOf(requests, me, now).map(({ number }) => number)).toEqual([10_003, 10_002, me])
  expect(groupRequestsOf(requests, me, now + 7 * 86_400_000).map(({ number }) => number)).toEqual([10_003, 10_002])
  expect(countAsking(requests, me)).toBe(2)
})
