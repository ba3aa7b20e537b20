import { expect, test } from 'bun:test'
import { readPeople, writePeople } from './people-file.ts'

test('a line is a name, one separator and the last eleven characters', () => {
  expect(readPeople('甲:20171000001\nA:B:20171000002\r\n')).toEqual([
    { kind: 'person', line: 1, name: '甲', number: 20171000001 },
    { kind: 'person', line: 2, name: 'A:B', number: 20171000002 },
  ])
})

test('what is written is read back', () => {
  const people = [
    { name: '甲', number: 20171000001 },
    { name: 'A:B', number: 10001 },
  ]
  expect(writePeople(people)).toBe('甲:20171000001\nA:B:00000010001\n')
  expect(readPeople(writePeople(people))).toMatchObject(people)
})

test('bad lines are told by their number, and the rest is read', () => {
  const kinds = readPeople(
    '\uFEFF甲:20171000001\n\nno number here\n:20171000003\n乙:2017100000x\n丙:00000000001\n丁:20171000004',
  )
  expect(kinds.map(({ kind, line }) => `${line} ${kind}`)).toEqual([
    '1 person',
    '3 bad',
    '4 bad',
    '5 bad',
    '6 bad',
    '7 person',
  ])
})
