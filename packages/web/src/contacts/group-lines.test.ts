import { expect, test } from 'bun:test'
import { moveLine, problemOf, toGroups } from './group-lines.ts'

const line = (name: string, before: string | null = name) => ({ key: before ?? name, name, before })

test('a group moves one place, and not past the ends', () => {
  const lines = [line('a'), line('b'), line('c')]
  const names = (moved: typeof lines | readonly (typeof lines)[number][]) => moved.map(({ name }) => name).join('')
  expect(names(moveLine(lines, 0, 1))).toBe('bac')
  expect(names(moveLine(lines, 2, -1))).toBe('acb')
  expect(names(moveLine(lines, 0, -1))).toBe('abc')
  expect(names(moveLine(lines, 2, 1))).toBe('abc')
})

test('every group needs a name of its own', () => {
  expect(problemOf([line('a'), line('b')])).toBeNull()
  expect(problemOf([line('a'), line(' ', null)])).toBe('empty')
  expect(problemOf([line('a'), line(' a ', null)])).toBe('twice')
})

test('what was renamed says what it was called; two can change names', () => {
  expect(toGroups([line('b', 'a'), line('a', 'b'), line('same'), line('new', null)])).toEqual([
    { name: 'b', renamed: 'a' },
    { name: 'a', renamed: 'b' },
    { name: 'same' },
    { name: 'new' },
  ])
})
