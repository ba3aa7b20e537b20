/** What somebody logs in with and where: asked for when looked at, never kept in step. */
import { z } from 'zod'
import * as field from './fields.ts'

/** One passkey of one's own. */
export const passkeyRow = () =>
  z.object({
    passkey: z.string(),
    name: z.string(),
    created_at: field.time,
    /** 0 where it was never used. */
    used_at: field.time,
  })
export type PasskeyRow = z.infer<ReturnType<typeof passkeyRow>>

/** One device that is logged in. */
export const sessionRow = () =>
  z.object({
    session: z.string(),
    device: z.string(),
    /** A client of the old campus protocol. */
    legacy: z.boolean(),
    created_at: field.time,
    seen_at: field.time,
    current: z.boolean(),
    online: z.boolean(),
  })
export type SessionRow = z.infer<ReturnType<typeof sessionRow>>
