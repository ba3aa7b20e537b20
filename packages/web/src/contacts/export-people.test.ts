import { expect, test } from 'bun:test'
import { readPeople } from '@rookery/client'
import type { ContactState } from '@rookery/protocol'
import { friendsFile } from './export-people.ts'

const rest = { signature: '', avatar: '', greeting: '', at: 0, remark: '', group: '', blocked: false, hidden: false }
const contact = (peer: number, name: string, state: ContactState) =>
  [peer, { peer, name, state, ...rest, rev: 1 }] as const

test('friends only, as what an import reads back', () => {
  const text = friendsFile(
    new Map([contact(10_002, '二: two', 'friend'), contact(10_003, 'three', 'none'), contact(10_004, 'x', 'incoming')]),
  )
  expect(text).toBe('二: two:00000010002\n')
  expect(readPeople(text)).toEqual([{ kind: 'person', line: 1, name: '二: two', number: 10_002 }])
})
