/** What a row of the table of operations is made of. */
import { z } from 'zod'
import type { ErrorCode } from './errors.ts'

/** Who may call: `anyone` before log-in too, `user` with a session, `admin` with an administrator's. */
type Who = 'anyone' | 'user' | 'admin'

interface OperationShape {
  summary: string
  who: Who
  input: z.ZodType
  /** Made when it is asked for: it describes, and nothing that the server says is held against it. */
  output: () => z.ZodType
  errors: readonly ErrorCode[]
  /**
   * How many of the requests that the rate allows it counts as: 1 if it is not told. What makes the server search is
   * dear to it; but somebody who types, and is searched for at every pause, must never be refused.
   */
  cost?: number
  /**
   * What success does to the caller's own session: the doors bind it to a socket or a cookie, or let go of it, or
   * choose the hints that its socket gets, or note whether somebody is at its device.
   */
  session?: 'opens' | 'closes' | 'watches' | 'rests'
}

export const operation = <const Shape extends OperationShape>(shape: Shape): Shape => shape

/** Nothing to ask with, or to answer. */
export const empty = z.strictObject({})
