/** Accounts, tickets, sessions: what can be asked about oneself. */
import { z } from 'zod'
import * as field from './fields.ts'
import { LIMITS } from './limits.ts'
import { empty, operation } from './operation.ts'
import * as rows from './rows.ts'
import { sessionRow } from './session-rows.ts'

const twice = { password: field.password, confirm: z.string().max(LIMITS.passwordMaxLength) }
export const device = field.deviceName.default('')
export const login = z.object({ token: field.secret, session: z.string(), me: rows.me() })

export const accountOperations = {
  'accounts.signUp': operation({
    summary: 'Sign up and log in. A number is given. A ticket is needed where registration is by invitation.',
    who: 'anyone',
    input: z.strictObject({ name: field.name, ...twice, ticket: field.secret.optional(), device }),
    output: () => login,
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
    output: () => z.object({ number: field.number }),
    errors: ['passwords_differ', 'weak_password', 'number_taken', 'registration_closed', 'too_many_requests'],
  }),
  'accounts.claim': operation({
    summary: 'Give a password to an account that an administrator made, by its one-time ticket, and log in.',
    who: 'anyone',
    input: z.strictObject({ ...twice, ticket: field.secret, device }),
    output: () => login,
    errors: ['passwords_differ', 'weak_password', 'ticket_invalid', 'too_many_requests'],
    session: 'opens',
  }),
  'accounts.changePassword': operation({
    summary: 'Change the password. This session goes on; every other device is signed out.',
    who: 'user',
    input: z.strictObject({ old: field.typedPassword, ...twice }),
    output: () => z.object({ signed_out: z.int() }),
    errors: ['wrong_old_password', 'passwords_differ', 'weak_password', 'too_many_requests'],
  }),
  'accounts.readSettings': operation({
    summary: 'What can be switched on and off for this account.',
    who: 'user',
    input: empty,
    output: () => z.object({ legacy: z.boolean() }),
    errors: [],
  }),
  'accounts.allowLegacy': operation({
    summary: 'Allow or forbid clients of the old campus protocol, whose passwords travel in the clear.',
    who: 'user',
    input: z.strictObject({ legacy: z.boolean() }),
    output: () => z.object({ legacy: z.boolean() }),
    errors: [],
  }),
  'accounts.create': operation({
    summary: 'Make an account, with a chosen number if one is given. The ticket lets its owner set a password.',
    who: 'admin',
    input: z.strictObject({ name: field.name, number: field.number.optional(), password: field.password.optional() }),
    output: () => z.object({ number: field.number, ticket: field.secret.optional() }),
    errors: ['number_taken', 'weak_password'],
  }),
  'tickets.invite': operation({
    summary: 'Make a one-time ticket with which one person can sign up.',
    who: 'admin',
    input: empty,
    output: () => z.object({ ticket: field.secret, expires_at: field.time }),
    errors: [],
  }),
  'tickets.read': operation({
    summary: 'What a one-time ticket is good for.',
    who: 'anyone',
    input: z.strictObject({ ticket: field.secret }),
    output: () =>
      z.discriminatedUnion('kind', [
        z.object({ kind: z.enum(['admin', 'invite']) }),
        z.object({ kind: z.literal('claim'), person: rows.origin() }),
      ]),
    errors: ['ticket_invalid'],
  }),
  'sessions.logIn': operation({
    summary: 'Log in by number or user name.',
    who: 'anyone',
    input: z.strictObject({
      login: field.login,
      password: field.typedPassword,
      /** Of the second factor, where the account has one; a recovery code will do. */
      code: field.code.optional(),
      device,
    }),
    output: () => login,
    errors: [
      'wrong_credentials',
      'second_factor',
      'wrong_code',
      'not_found',
      'forbidden',
      'too_many_requests',
      'unavailable',
    ],
    session: 'opens',
  }),
  'sessions.resume': operation({
    summary: 'Go on with a session on this socket, by its token.',
    who: 'anyone',
    input: z.strictObject({ token: field.secret }),
    output: () => login.omit({ token: true }),
    errors: ['unauthenticated'],
    session: 'opens',
  }),
  'sessions.current': operation({
    summary: 'Who this session belongs to.',
    who: 'user',
    input: empty,
    output: () => login.omit({ token: true }),
    errors: [],
  }),
  'sessions.logOut': operation({
    summary: 'End this session.',
    who: 'user',
    input: empty,
    output: () => empty,
    errors: [],
    session: 'closes',
  }),
  'sessions.list': operation({
    summary: 'The devices that are logged in.',
    who: 'user',
    input: empty,
    output: () => z.object({ sessions: z.array(sessionRow()) }),
    errors: [],
  }),
  'sessions.revoke': operation({
    summary: 'Sign one device out. Its open sockets are closed.',
    who: 'user',
    input: z.strictObject({ session: field.sessionId }),
    output: () => empty,
    errors: ['not_found'],
  }),
  'accounts.updateProfile': operation({
    summary: 'Your name and your signature, as others see them. The user name to log in with stays.',
    who: 'user',
    input: z.strictObject({ name: field.name.optional(), signature: field.signature.optional() }),
    output: rows.person,
    errors: [],
  }),
  'accounts.setAvatar': operation({
    summary: 'Your picture: PNG, JPEG or WebP in base64; null for none.',
    who: 'user',
    input: z.strictObject({
      image: z
        .base64()
        .max(Math.ceil(LIMITS.avatarBytes / 3) * 4)
        .nullable(),
    }),
    output: rows.person,
    errors: ['too_large'],
  }),
  'accounts.setStatus': operation({
    summary: 'How you appear to your contacts, on all devices, until you change it.',
    who: 'user',
    input: z.strictObject({ status: rows.status }),
    output: () => z.object({ status: rows.status }),
    errors: [],
  }),
}
