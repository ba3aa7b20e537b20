/**
 * What checks that which crosses the wire. Apart from `mod.ts`, since the schemas take time and memory, and only the
 * server's doors need them.
 */
import { z } from 'zod'

export { costOf, isOperation, operations } from './operations.ts'
export { groupEvent } from './rows.ts'

/** A `RequestFrame`. */
export const requestFrame = z.strictObject({
  id: z.int().nonnegative(),
  op: z.string().max(64),
  in: z.unknown(),
})
