/** Reads the server's frames as a stranger would, from docs/protocol.md. */
import type { ErrorCode } from '@rookery/protocol'

export type RawAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ErrorCode }
export type AnswerHandler = (answer: RawAnswer) => void

/** Null for a push. */
export function decodeAnswer(text: string): { id: number; answer: RawAnswer } | null {
  const frame = JSON.parse(text) as { id?: number; ok?: unknown; error?: { code: ErrorCode } }
  if (frame.id === undefined) return null
  if (frame.error) return { id: frame.id, answer: { ok: false, code: frame.error.code } }
  return { id: frame.id, answer: { ok: true, value: frame.ok } }
}
