/** The one table of everything that a client can ask for. Doors, SDK, OpenAPI and CLI all read it. */
import { z } from 'zod'
import type { ErrorCode, Result } from './errors.ts'
import * as field from './fields.ts'
import { LIMITS } from './limits.ts'
import * as rows from './rows.ts'

/** Who may call: `anyone` before log-in too, `user` with a session, `admin` with an administrator's. */
export type Who = 'anyone' | 'user' | 'admin'

interface OperationShape {
  summary: string
  who: Who
  input: z.ZodType
  output: z.ZodType
  errors: readonly ErrorCode[]
  /**
   * What success does to the caller's own session: the doors bind it to a socket or a cookie, or let go of it, or
   * choose the hints that its socket gets.
   */
  session?: 'opens' | 'closes' | 'watches'
}

const operation = <const Shape extends OperationShape>(shape: Shape): Shape => shape

const empty = z.strictObject({})
const twice = { password: field.password, confirm: z.string().max(LIMITS.passwordMaxLength) }
const device = field.deviceName.default('')
const login = z.object({ token: field.secret, session: z.string(), me: rows.me })

export const operations = {
  'accounts.signUp': operation({
    summary: 'Sign up and log in. A number is given. A ticket is needed where registration is by invitation.',
    who: 'anyone',
    input: z.strictObject({ name: field.name, ...twice, ticket: field.secret.optional(), device }),
    output: login,
    errors: [
      'passwords_differ',
      'weak_password',
      'name_taken',
      'registration_closed',
      'ticket_invalid',
      'too_many_requests',
    ],
    session: 'opens',
  }),
  'accounts.register': operation({
    summary: "Sign up under an eleven-digit number of one's own, as clients of the old campus protocol do.",
    who: 'anyone',
    input: z.strictObject({ number: field.campusNumber, ...twice }),
    output: z.object({ number: field.number }),
    errors: ['passwords_differ', 'weak_password', 'number_taken', 'registration_closed', 'too_many_requests'],
  }),
  'accounts.claim': operation({
    summary: 'Give a password to an account that an administrator made, by its one-time ticket, and log in.',
    who: 'anyone',
    input: z.strictObject({ ...twice, ticket: field.secret, device }),
    output: login,
    errors: ['passwords_differ', 'weak_password', 'ticket_invalid', 'too_many_requests'],
    session: 'opens',
  }),
  'accounts.changePassword': operation({
    summary: 'Change the password. This session goes on; every other device is signed out.',
    who: 'user',
    input: z.strictObject({ old: field.typedPassword, ...twice }),
    output: z.object({ signed_out: z.int() }),
    errors: ['wrong_old_password', 'passwords_differ', 'weak_password', 'too_many_requests'],
  }),
  'accounts.readSettings': operation({
    summary: 'What can be switched on and off for this account.',
    who: 'user',
    input: empty,
    output: z.object({ legacy: z.boolean() }),
    errors: [],
  }),
  'accounts.allowLegacy': operation({
    summary: 'Allow or forbid clients of the old campus protocol, whose passwords travel in the clear.',
    who: 'user',
    input: z.strictObject({ legacy: z.boolean() }),
    output: z.object({ legacy: z.boolean() }),
    errors: [],
  }),
  'accounts.create': operation({
    summary: 'Make an account, with a chosen number if one is given. The ticket lets its owner set a password.',
    who: 'admin',
    input: z.strictObject({ name: field.name, number: field.number.optional(), password: field.password.optional() }),
    output: z.object({ number: field.number, ticket: field.secret.optional() }),
    errors: ['number_taken', 'weak_password'],
  }),
  'tickets.invite': operation({
    summary: 'Make a one-time ticket with which one person can sign up.',
    who: 'admin',
    input: empty,
    output: z.object({ ticket: field.secret, expires_at: field.time }),
    errors: [],
  }),
  'tickets.read': operation({
    summary: 'What a one-time ticket is good for.',
    who: 'anyone',
    input: z.strictObject({ ticket: field.secret }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['admin', 'invite']) }),
      z.object({ kind: z.literal('claim'), person: rows.person }),
    ]),
    errors: ['ticket_invalid'],
  }),
  'sessions.logIn': operation({
    summary: 'Log in by number or user name.',
    who: 'anyone',
    input: z.strictObject({ login: field.login, password: field.typedPassword, device }),
    output: login,
    errors: ['wrong_credentials', 'not_found', 'forbidden', 'too_many_requests', 'unavailable'],
    session: 'opens',
  }),
  'sessions.resume': operation({
    summary: 'Go on with a session on this socket, by its token.',
    who: 'anyone',
    input: z.strictObject({ token: field.secret }),
    output: login.omit({ token: true }),
    errors: ['unauthenticated'],
    session: 'opens',
  }),
  'sessions.current': operation({
    summary: 'Who this session belongs to.',
    who: 'user',
    input: empty,
    output: login.omit({ token: true }),
    errors: [],
  }),
  'sessions.logOut': operation({
    summary: 'End this session.',
    who: 'user',
    input: empty,
    output: empty,
    errors: [],
    session: 'closes',
  }),
  'sessions.list': operation({
    summary: 'The devices that are logged in.',
    who: 'user',
    input: empty,
    output: z.object({ sessions: z.array(rows.sessionRow) }),
    errors: [],
  }),
  'sessions.revoke': operation({
    summary: 'Sign one device out. Its open sockets are closed.',
    who: 'user',
    input: z.strictObject({ session: field.sessionId }),
    output: empty,
    errors: ['not_found'],
  }),
  'people.find': operation({
    summary: 'Find people by their number or a part of their name.',
    who: 'user',
    input: z.strictObject({ query: field.query }),
    output: z.object({ people: z.array(rows.person) }),
    errors: [],
  }),
  'contacts.request': operation({
    summary: 'Ask somebody to be a contact. Where contacts are open, or if they asked first, you are contacts at once.',
    who: 'user',
    input: z.strictObject({ number: field.number, greeting: field.greeting.default('') }),
    output: z.object({ state: rows.contactState }),
    errors: ['not_found', 'already_contacts', 'already_asked', 'too_many_contacts'],
  }),
  'contacts.answer': operation({
    summary: 'Accept or refuse a request.',
    who: 'user',
    input: z.strictObject({ number: field.number, accept: z.boolean() }),
    output: z.object({ state: rows.contactState }),
    errors: ['not_found', 'too_many_contacts'],
  }),
  'contacts.remove': operation({
    summary: 'Delete a contact, on both sides, or take a request back. The history stays; nobody can add to it.',
    who: 'user',
    input: z.strictObject({ number: field.number }),
    output: empty,
    errors: ['not_found'],
  }),
  'contacts.join': operation({
    summary: 'Make two people contacts of each other.',
    who: 'admin',
    input: z.strictObject({ one: field.number, other: field.number }),
    output: z.object({ state: rows.contactState }),
    errors: ['not_found', 'already_contacts', 'too_many_contacts'],
  }),
  'presence.list': operation({
    summary: 'Which of your contacts are online.',
    who: 'user',
    input: empty,
    output: z.object({ online: z.array(field.number) }),
    errors: [],
  }),
  'messages.send': operation({
    summary: 'Send a message. Answered once it is on disk. The same id again gives the same answer.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, id: field.messageId, body: rows.body }),
    output: z.object({ seq: field.seq, rev: field.rev, at: field.time }),
    errors: ['not_member', 'not_writable', 'message_id_conflict', 'storage_full', 'unavailable'],
  }),
  'messages.page': operation({
    summary: 'Messages in order of seq: the newest below `before`, or the oldest above `after`.',
    who: 'user',
    input: z.strictObject({
      conversation: field.conversation,
      before: field.seq.optional(),
      after: field.seq.optional(),
      limit: z.int().min(1).max(LIMITS.pageMessages).default(50),
    }),
    output: z.object({ messages: z.array(rows.messageRow) }),
    errors: ['not_member'],
  }),
  'conversations.open': operation({
    summary: 'What is not kept in step by revisions: how far the others have read.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation }),
    output: z.object({ readers: z.array(z.object({ number: field.number, read_seq: field.seq })) }),
    errors: ['not_member'],
  }),
  'conversations.typing': operation({
    summary: 'Tell the others, now, that you are writing. A hint: it reaches those who watch, and may be lost.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation }),
    output: empty,
    errors: ['not_member', 'not_writable'],
  }),
  'hints.watch': operation({
    summary:
      'What this socket looks at: hints come about these chats, and about who is online, and about nothing else.',
    who: 'user',
    input: z.strictObject({
      presence: z.boolean().default(false),
      conversations: z.array(field.conversation).max(LIMITS.watchedConversations).default([]),
    }),
    output: z.object({ presence: z.boolean(), conversations: z.array(field.conversation) }),
    errors: [],
    session: 'watches',
  }),
  'conversations.read': operation({
    summary: 'Move your read pointer forward. Never back, never past the newest message.',
    who: 'user',
    input: z.strictObject({ conversation: field.conversation, seq: field.seq }),
    output: z.object({ read_seq: field.seq }),
    errors: ['not_member'],
  }),
  sync: operation({
    summary:
      'Everything that differs from what this device has: rows after `rev`, conversations changed after `cursor`.',
    who: 'user',
    input: z.strictObject({
      epoch: z.string().max(64).default(''),
      rev: field.rev,
      /** As the last answer gave it; empty for a device that holds nothing. */
      cursor: z.string().max(128).default(''),
      /**
       * Conversation and the device's rev of it, where the cursor does not say it: changed by pushes since, or behind.
       * The answer then has what changed after that rev.
       */
      heads: z
        .array(z.tuple([field.conversation, field.rev]))
        .max(LIMITS.syncHeads)
        .default([]),
    }),
    output: z.object({
      /**
       * The name of the server's history. `reset`: what the device holds is of another one (the server was restored from
       * a backup): drop it, and take this answer as the first.
       */
      epoch: z.string(),
      reset: z.boolean(),
      rev: field.rev,
      /** How far this answer goes: to be given back next time. */
      cursor: z.string(),
      contacts: z.array(rows.contactRow),
      memberships: z.array(rows.membershipRow),
      /** The newest changed first. */
      conversations: z.array(rows.changedConversation),
      /**
       * The revs of all conversations added up, at this moment. No device is ever ahead of the server, so one whose
       * own revs add up to less, when there is no more to ask for, lacks something that it does not know of.
       */
      total: z.int().nonnegative(),
      /** There is more: ask again with the new rev and cursor. */
      more: z.boolean(),
    }),
    errors: [],
  }),
} as const

export type Operations = typeof operations
export type OperationName = keyof Operations
/** What a caller writes; defaults may be left out. */
export type Input<Name extends OperationName> = z.input<Operations[Name]['input']>
/** What a handler gets: checked, defaults filled in. */
export type Checked<Name extends OperationName> = z.output<Operations[Name]['input']>
export type Output<Name extends OperationName> = z.output<Operations[Name]['output']>
/** What an operation answers: its output, or a refusal from the one error table. */
export type Answer<Name extends OperationName> = Result<Output<Name>>

export function isOperation(text: string): text is OperationName {
  return Object.hasOwn(operations, text)
}
