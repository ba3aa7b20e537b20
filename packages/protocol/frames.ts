/** The frames of the WebSocket door: JSON text, one frame a message. */
import type { WireError } from './errors.ts'
import type { Appearance, GroupRow, MessageRow, OwnRows } from './rows.ts'

/** From the client. `id` is the client's own and comes back with the answer. */
export interface RequestFrame {
  id: number
  op: string
  in: unknown
}

export type AnswerFrame = { id: number; ok: unknown } | { id: number; error: WireError }

/**
 * What the server sends unasked. `message` and `mine` carry numbered rows: a device applies a row if its rev is
 * the next one and otherwise asks by `sync`. A message that changes its group brings the group as it is then. The
 * others but `hidden` are hints: unnumbered, only for sockets that watch (`hints.watch`), and dropped for one that reads slowly.
 * `read` is a watermark, the greater wins. `compare`: pushes may have been lost, and what the device believes of who is
 * online may be wrong: time to ask.
 */
export type Push =
  | { push: 'message'; row: MessageRow; group?: GroupRow }
  /** A message from before one's time has changed: all that one is told is its rev. */
  | { push: 'hidden'; conversation: number; rev: number }
  | ({ push: 'mine' } & OwnRows)
  | { push: 'compare' }
  | { push: 'read'; conversation: number; number: number; read_seq: number }
  | { push: 'typing'; conversation: number; number: number }
  | { push: 'presence'; number: number; status: Appearance }

export type ServerFrame = AnswerFrame | Push

export function encodeFrame(frame: ServerFrame): string {
  return JSON.stringify(frame)
}
