/** The rows that devices keep in step. A stored row is a wire row; a push carries the same rows as `sync`. */
import { z } from 'zod'
import * as field from './fields.ts'

/** What a message says. A new kind is a new member here. */
export const body = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('text'), text: field.text })])
export type Body = z.infer<typeof body>

/** One message: `seq` is its place in the conversation for ever, `rev` its latest change. */
export const messageRow = z.object({
  conversation: field.conversation,
  seq: field.seq,
  rev: field.rev,
  id: field.messageId,
  sender: field.number,
  at: field.time,
  body,
})
export type MessageRow = z.infer<typeof messageRow>

export const person = z.object({ number: field.number, name: z.string() })
export type Person = z.infer<typeof person>

/** How two people stand to each other, seen from one side. `none` is what remains of a deleted contact. */
export const contactState = z.enum(['friend', 'outgoing', 'incoming', 'none'])
export type ContactState = z.infer<typeof contactState>

/** One person in somebody's contact list; `rev` counts in that somebody's own revisions. */
export const contactRow = z.object({
  peer: field.number,
  name: z.string(),
  state: contactState,
  greeting: z.string(),
  at: field.time,
  rev: field.rev,
})
export type ContactRow = z.infer<typeof contactRow>

/** One conversation that somebody is in, as far as it is theirs alone; `rev` counts in their own revisions. */
export const membershipRow = z.object({
  conversation: field.conversation,
  kind: z.literal('direct'),
  peer: field.number,
  name: z.string(),
  writable: z.boolean(),
  read_seq: field.seq,
  rev: field.rev,
})
export type MembershipRow = z.infer<typeof membershipRow>

/** The newest of one conversation, compared to tell whether anything is missing. */
export const head = z.object({
  conversation: field.conversation,
  last_seq: field.seq,
  rev: field.rev,
})
export type Head = z.infer<typeof head>

/**
 * A head with what a device lacks: messages in order of `seq`, the newest last, and the count of unread ones.
 * All that changed since the cursor, or the rev that the device told, is there, but for new messages older than those
 * here: what is missing between them and what the device holds is a hole, to be filled when somebody looks at it.
 */
export const changedConversation = head.extend({
  unread: z.int().nonnegative(),
  messages: z.array(messageRow),
})
export type ChangedConversation = z.infer<typeof changedConversation>

export const role = z.enum(['member', 'admin'])
export type Role = z.infer<typeof role>

export const me = person.extend({ role })
export type Me = z.infer<typeof me>

/** One device that is logged in. */
export const sessionRow = z.object({
  session: z.string(),
  device: z.string(),
  /** A client of the old campus protocol. */
  legacy: z.boolean(),
  created_at: field.time,
  seen_at: field.time,
  current: z.boolean(),
  online: z.boolean(),
})
export type SessionRow = z.infer<typeof sessionRow>
