import { expect, test } from 'bun:test'
import type { ContactRow } from '@rookery/protocol'
import { contactTree } from './contact-tree.ts'

function friend(peer: number, group: string): ContactRow {
  const person = { peer, name: `friend ${peer}`, signature: '', avatar: '', state: 'friend' } as const
  return { ...person, greeting: '', at: 0, remark: '', group, blocked: false, hidden: false, rev: peer }
}

const friends = [friend(10_001, ''), friend(10_002, '同事'), friend(10_003, '同事'), friend(10_004, 'gone')]
const online = new Set([10_002, 10_004])

function say(lines: ReturnType<typeof contactTree>): string[] {
  return lines.map((line) =>
    line.kind === 'group'
      ? `${line.name} ${line.online}/${line.total}${line.closed ? ' closed' : ''}`
      : `${line.contact.peer} ${line.position}/${line.total}`,
  )
}

test('contacts stand under their groups, with who is online and all; unknown groups are the first one', () => {
  const lines = contactTree({ friends, groups: ['同事', 'empty'], closed: new Set(), online })
  expect(say(lines)).toEqual([' 1/2', '10001 1/2', '10004 2/2', '同事 1/2', '10002 1/2', '10003 2/2', 'empty 0/0'])
})

test('of a closed group only its line is there', () => {
  const lines = contactTree({ friends, groups: ['同事'], closed: new Set(['', '同事']), online })
  expect(say(lines)).toEqual([' 1/2 closed', '同事 1/2 closed'])
})
