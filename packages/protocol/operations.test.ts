import { expect, test } from 'bun:test'
import { errors, type ErrorCode } from './errors.ts'
import { isOperation, operations } from './operations.ts'

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
