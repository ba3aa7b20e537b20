/** The OpenAPI 3.1 description of the HTTP door, made from the table of operations. */
import { errors, type ErrorCode, type Operations } from '@rookery/protocol'
import { operations } from '@rookery/protocol/schemas'
import { z } from 'zod'

/** What any operation may be refused with besides its own errors. */
const commonErrors: readonly ErrorCode[] = ['bad_request', 'too_many_requests', 'internal']

export function describeApi(version: string): object {
  const paths = Object.entries(operations).map(([name, operation]) => [
    `/api/${name}`,
    { post: describe(name, operation) },
  ])
  return {
    openapi: '3.1.0',
    info: { title: 'Rookery', version },
    paths: Object.fromEntries(paths),
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  }
}

function describe(name: string, operation: Operations[keyof Operations]): object {
  const { who, summary, input, output } = operation
  const own: readonly ErrorCode[] = operation.errors
  const refusals = [...own, ...commonErrors, ...(who === 'anyone' ? [] : (['unauthenticated'] as const))]
  return {
    operationId: name,
    summary,
    ...(who !== 'anyone' && { security: [{ token: [] }] }),
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(input, 'input') } } },
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: schemaOf(output(), 'output') } } },
      ...describeRefusals(refusals),
    },
  }
}

function describeRefusals(codes: readonly ErrorCode[]): object {
  const byStatus = Map.groupBy(new Set(codes), (code) => errors[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `${code}: ${errors[code].message}`).join(' '),
        content: { 'application/json': { schema: refusalSchema(group) } },
      },
    ]),
  )
}

function refusalSchema(codes: readonly ErrorCode[]): object {
  const error = z.object({
    code: z.enum(codes),
    message: z.string(),
    retry: z.enum(['no', 'later']),
    retry_after_ms: z.int().optional(),
  })
  return schemaOf(z.object({ error }), 'output')
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' })
}
