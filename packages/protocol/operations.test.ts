import { expect, test } from 'bun:test'
import { errors, type ErrorCode } from './errors.ts'
import { costOf, isOperation, operations } from './operations.ts'

const entries = Object.entries(operations)

test.each(entries)('%s: a summary, refusals that exist, and no field that it does not know', (name, operation) => {
  expect(operation.summary).toMatch(/^[A-Z].*\.$/)
  expect(name).toMatch(/^([a-z]+\.)?[a-z][A-Za-z]+$/)
  const codes: readonly ErrorCode[] = operation.errors
  for (const code of codes) expect(Object.hasOwn(errors, code)).toBe(true)
  expect(new Set(codes).size).toBe(codes.length)
  const parsed = operation.input.safeParse({ nobody_knows_this: 1 })
  expect(parsed.error?.issues.map(({ code }) => code)).toContain('unrecognized_keys')
})

test('a name is an operation only if it is in the table', () => {
  for (const [name] of entries) expect(isOperation(name)).toBe(true)
  for (const name of ['', 'toString', '__proto__', 'constructor', 'hasOwnProperty', 'messages', 'MESSAGES.SEND'])
    expect(isOperation(name)).toBe(false)
})

test('what is left out is filled in', () => {
  expect(operations['messages.page'].input.parse({ conversation: 1 })).toEqual({ conversation: 1, limit: 50 })
  expect(operations.sync.input.parse({ rev: 0 })).toEqual({ epoch: '', rev: 0, cursor: '', heads: [] })
  expect(operations['contacts.request'].input.parse({ number: 10_001 })).toEqual({ number: 10_001, greeting: '' })
})

test('[P9] what searches costs more than the rest, and a search at every pause of somebody who types less than the rate', () => {
  const dear = entries.filter(([, operation]) => 'cost' in operation).map(([name]) => name)
  expect(dear.toSorted()).toEqual(['groups.find', 'groups.members', 'messages.find', 'people.find'])
  expect(costOf('messages.send')).toBe(1)
  // The web client's one field asks all three after 250 ms without a key; 100 a second is the least usual rate.
  const atOnce = costOf('messages.find') + costOf('people.find') + costOf('groups.find')
  expect(atOnce * 4).toBeLessThan(100)
  // It asks for whom somebody mentions at every key: 30 a second come from one held down.
  expect(costOf('groups.members') * 30).toBeLessThan(100)
})
