/** What is compiled says of everything what the table says. */
import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { z } from 'zod'
import { checkFrame, checkInput } from './checks.ts'
import { operations, type OperationName } from './operations.ts'

type Json = z.core.JSONSchema.JSONSchema
const junk = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.constant(1e21), fc.constant('\ud800'), fc.constant(-0))

const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('👍', 'text', ''))
const integers = (min: number, max: number) => fc.integer({ min, max: Math.min(max, min + 30_000) })

/** Mostly what fits, now and then what does not. */
function fitting(schema: Json): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: exactly(schema), weight: 12 }, { arbitrary: junk, weight: 1 })
}

function exactly(schema: Json): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]))
  const some = schema.anyOf ?? schema.oneOf
  if (some) return fc.oneof(...some.map((one) => fitting(one)))
  switch (schema.type) {
    case 'object':
      return objects(schema)
    case 'array':
      return schema.prefixItems
        ? fc.tuple(...schema.prefixItems.map((item) => fitting(item as Json)))
        : fc.array(fitting(schema.items as Json), { maxLength: 5 })
    case 'integer':
    case 'number':
      return integers(schema.minimum ?? -3, schema.maximum ?? 30_000)
    case 'boolean':
      return fc.boolean()
    case 'string':
      return schema.pattern ? fc.stringMatching(new RegExp(schema.pattern, 'u')) : texts
    case 'null':
    case undefined:
    default:
      return junk
  }
}

function objects({ properties = {}, required = [] }: Json): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, field]) => [name, fitting(field as Json)] as const)
  const given = fc.record(Object.fromEntries(fields), { requiredKeys: required })
  const unknown = fc.constantFrom({}, {}, {}, {}, { nobody_knows_this: 1 }, JSON.parse('{"__proto__":{"kind":"text"}}'))
  return fc.tuple(given, unknown).map(([known, more]) => ({ ...known, ...(more as object) }))
}

test.each(Object.keys(operations) as OperationName[])('%s is checked as its schema says', (name) => {
  const { input } = operations[name]
  let accepted = 0
  fc.assert(
    fc.property(fitting(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })), (given) => {
      const parsed = input.safeParse(given)
      if (parsed.success) accepted += 1
      expect(checkInput(name, given)).toEqual(parsed.success ? parsed.data : null)
    }),
    { numRuns: 200 },
  )
  // What is never accepted would show nothing.
  expect(accepted).toBeGreaterThan(0)
})

test('a frame has an id, a name of at most 64 characters, and anything else only as its input', () => {
  expect(checkFrame({ id: 0, op: 'sync', in: { rev: 0 } })).toEqual({ id: 0, op: 'sync', in: { rev: 0 } })
  for (const frame of [null, [], {}, { id: 1 }, { id: -1, op: 'x', in: 1 }, { id: 1.5, op: 'x', in: 1 }])
    expect(checkFrame(frame)).toBeNull()
  for (const frame of [
    { id: 1, op: 'x'.repeat(65), in: 1 },
    { id: 1, op: 'x', in: 1, more: 1 },
    { id: '1', op: 'x', in: 1 },
  ])
    expect(checkFrame(frame)).toBeNull()
})
