/** What is sent, and what it looks like before it has a place among the rows. Pure. */
import type { Body, MergedItem, MessageRow, Sendable } from '@rookery/protocol'
import { findMessage } from './loaded.ts'
import { nameOf } from './names.ts'
import type { ClientState, PendingMessage } from './state.ts'

export function toSendable(body: Sendable | string): Sendable {
  return typeof body === 'string' ? { kind: 'text', text: body } : body
}

/** What to draw of a message on its way. */
export function pendingBody({ body, preview }: Pick<PendingMessage, 'body' | 'preview'>): Body {
  if (body.kind !== 'forward') return body
  return preview ?? { kind: 'merged', title: '', items: [] }
}

/** What a forward will look like; null for everything else. */
export function previewForward(state: ClientState, body: Sendable): Body | null {
  if (body.kind !== 'forward') return null
  const rows = body.seqs
    .map((seq) => findMessage(state, body.from, seq))
    .filter((row) => row !== null && row !== undefined)
  const items = rows.flatMap((row) => toItem(state, row))
  const [first] = items
  if (body.merged || !first) return { kind: 'merged', title: state.conversations.get(body.from)?.name ?? '', items }
  return { kind: 'text', text: first.text, forwarded: { number: first.number, name: first.name } }
}

function toItem(state: ClientState, { conversation, sender, at, body }: MessageRow): MergedItem[] {
  const name = nameOf(state, sender, conversation)
  return body.kind === 'text' ? [{ number: sender, name, at, text: body.text }] : []
}
