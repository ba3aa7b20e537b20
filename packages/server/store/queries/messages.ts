/** What both stores ask about messages. */
import type { Body, MessageRow, Reaction } from '@rookery/protocol'
import type { MessageChange, NewMessage } from '../../core/log-ports.ts'

/** An id is bytes, or the text that it is on the wire, as the store has it. */
export interface StoredMessage<Id = Uint8Array> {
  readonly conversation: number
  readonly seq: number
  readonly rev: number
  readonly id: Id
  readonly sender: number
  readonly at: number
  readonly body: string
  readonly edited_at: number | null
  readonly reactions: string | null
}

/** With what tells a retry from another message. */
export interface SentMessage extends StoredMessage {
  /** The fingerprint of what was sent. Null where the body is that, and where it was lost before this was kept. */
  readonly sent: string | null
}

export const messageColumns = 'conversation, seq, rev, id, sender, at, body, edited_at, reactions'

export const pageBelow = `SELECT ${messageColumns} FROM messages
  WHERE conversation = +$1 AND seq < +$2 ORDER BY seq DESC LIMIT +$3`
export const pageAbove = `SELECT ${messageColumns} FROM messages
  WHERE conversation = +$1 AND seq > +$2 ORDER BY seq LIMIT +$3`
export const messageAt = `SELECT ${messageColumns} FROM messages WHERE conversation = +$1 AND seq = +$2`
export const messageById = `SELECT ${messageColumns}, sent FROM messages WHERE sender = $1 AND id = $2`

export function readMessage(row: StoredMessage<Uint8Array | string>): MessageRow {
  const { conversation, seq, rev, id, sender, at, body, edited_at, reactions } = row
  return {
    conversation,
    seq,
    rev,
    id: typeof id === 'string' ? id : formatId(id),
    sender,
    at,
    body: JSON.parse(body) as Body,
    ...(edited_at !== null && { edited_at }),
    ...(reactions !== null && { reactions: JSON.parse(reactions) as Reaction[] }),
  }
}

/** The row as it is after a change. */
export function renewMessage(row: MessageRow, rev: number, change: MessageChange): MessageRow {
  const { content, edited_at, reactions } = change
  const next: MessageRow = {
    ...row,
    rev,
    ...(content && { body: content.body }),
    ...(edited_at !== undefined && { edited_at }),
    ...(reactions && { reactions: [...reactions] }),
  }
  if (next.reactions?.length === 0) delete next.reactions
  return next
}

/** How the body of a message begins that was taken back. */
export const recalledBody = '{"kind":"recalled"'

/**
 * Whether a message is the stored one sent again. Of what was rewritten before there were fingerprints nothing is left
 * to compare: then the id says so.
 */
export function isRetry(
  stored: SentMessage,
  { conversation, body, sent }: Pick<NewMessage, 'conversation' | 'body' | 'sent'>,
): boolean {
  if (stored.conversation !== conversation) return false
  if (stored.sent !== null) return stored.sent === fingerprint(JSON.stringify(sent ?? body))
  return isRewritten(stored) || stored.body === JSON.stringify(body)
}

const isRewritten = ({ body, edited_at }: Pick<StoredMessage, 'body' | 'edited_at'>) =>
  edited_at !== null || body.startsWith(recalledBody)

/** What a new message keeps besides its body: nothing, unless the server made that of what was sent. */
export function sentOf({ sent }: NewMessage): string | null {
  return sent ? fingerprint(JSON.stringify(sent)) : null
}

/** What a message keeps of what was sent when it is changed: of the body, before that is another one. */
export function keepSent(
  stored: Pick<SentMessage, 'body' | 'edited_at' | 'sent'>,
  { content }: MessageChange,
): string | null {
  if (stored.sent !== null || !content || isRewritten(stored)) return stored.sent
  const body = JSON.parse(stored.body) as Body
  // Of forwards from before there were fingerprints it is not known any more.
  const isForward = body.kind === 'merged' || (body.kind === 'text' && body.forwarded !== undefined)
  return isForward ? null : fingerprint(stored.body)
}

/** So short that it tells one message from another, and of what was taken back next to nothing. */
export const fingerprintLength = 8

/** appends.ts of PostgreSQL has the same in SQL. */
function fingerprint(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('hex').slice(0, fingerprintLength)
}

export function parseId(uuid: string): Uint8Array {
  return Uint8Array.fromHex(uuid.replaceAll('-', ''))
}

function formatId(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
