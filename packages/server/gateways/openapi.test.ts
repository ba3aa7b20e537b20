import { expect, test } from 'bun:test'
import { errors, type ErrorCode } from '@rookery/protocol'
import { operations } from '@rookery/protocol/schemas'
import { describeApi } from './openapi.ts'

interface Schema {
  readonly [key: string]: unknown
}

interface Described {
  readonly openapi: string
  readonly info: { readonly version: string }
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>
  readonly components: { readonly securitySchemes: Readonly<Record<string, unknown>> }
}

interface Operation {
  readonly operationId: string
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly requestBody: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }>
  >
}

const described = JSON.parse(JSON.stringify(describeApi('1.2.3'))) as Described
const entries = Object.entries(operations)

test('it says what it is', () => {
  expect(described.openapi).toMatch(/^3\.1\./)
  expect(described.info.version).toBe('1.2.3')
})

test('every operation is there, and nothing else', () => {
  expect(Object.keys(described.paths).toSorted()).toEqual(entries.map(([name]) => `/api/${name}`).toSorted())
})

test.each(entries)('%s: its input, output, refusals and who may call', (name, operation) => {
  const { post } = described.paths[`/api/${name}`] ?? {}
  if (!post) throw new Error('It is missing.')
  expect(post.operationId).toBe(name)
  expect(post.requestBody.content['application/json']?.schema).toMatchObject({ type: 'object' })
  expect(post.responses['200']?.content['application/json']?.schema).toBeTruthy()
  expect(post.security !== undefined).toBe(operation.who !== 'anyone')
  for (const scheme of post.security?.flatMap((entry) => Object.keys(entry)) ?? [])
    expect(described.components.securitySchemes).toHaveProperty([scheme])
  const own: readonly ErrorCode[] = operation.errors
  for (const code of [...own, 'bad_request' as const]) {
    const response = post.responses[String(errors[code].status)]
    expect(JSON.stringify(response?.content['application/json']?.schema)).toContain(`"${code}"`)
  }
})

test('every reference leads somewhere', () => {
  const refs = JSON.stringify(described).match(/"\$ref":"[^"]*"/g) ?? []
  for (const ref of refs) {
    const [root, ...path] = (/:"([^"]*)"/.exec(ref)?.[1] ?? '').split('/')
    expect(root).toBe('#')
    expect(path.reduce<unknown>((at, key) => (at as Schema | undefined)?.[key], described)).toBeDefined()
  }
})

test('defaults may be left out and limits are stated', () => {
  const schema = described.paths['/api/messages.page']?.post.requestBody.content['application/json']?.schema
  expect(schema).toMatchObject({
    required: ['conversation'],
    additionalProperties: false,
    properties: { limit: { minimum: 1, maximum: 100, default: 50 } },
  })
})
