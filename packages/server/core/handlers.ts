/** Which function answers which operation. */
import type { Answer, Checked, OperationName, Operations } from '@rookery/protocol'
import * as accounts from './accounts.ts'
import * as contacts from './contacts.ts'
import type { Context, User, Visitor } from './context.ts'
import * as conversations from './conversations.ts'
import * as messages from './messages.ts'
import { listPresence } from './presence.ts'
import * as sessions from './sessions.ts'
import { sync } from './sync.ts'
import * as tickets from './tickets.ts'

type CallerOf<Name extends OperationName> = Operations[Name]['who'] extends 'anyone' ? Visitor : User

export type Handlers = {
  readonly [Name in OperationName]: (
    context: Context,
    caller: CallerOf<Name>,
    input: Checked<Name>,
  ) => Promise<Answer<Name>>
}

export const handlers: Handlers = {
  'accounts.signUp': accounts.signUp,
  'accounts.register': accounts.register,
  'accounts.claim': accounts.claim,
  'accounts.readSettings': accounts.readSettings,
  'accounts.allowLegacy': accounts.allowLegacy,
  'accounts.changePassword': accounts.changePassword,
  'accounts.create': accounts.create,
  'tickets.invite': tickets.invite,
  'tickets.read': tickets.readTicket,
  'sessions.logIn': sessions.logIn,
  'sessions.resume': sessions.resume,
  'sessions.current': sessions.readCurrent,
  'sessions.logOut': sessions.logOut,
  'sessions.list': sessions.listSessions,
  'sessions.revoke': sessions.revoke,
  'people.find': contacts.findPeople,
  'contacts.request': contacts.request,
  'contacts.answer': contacts.answer,
  'contacts.remove': contacts.remove,
  'contacts.join': contacts.join,
  'presence.list': listPresence,
  'messages.send': messages.send,
  'messages.page': messages.page,
  'conversations.open': conversations.open,
  'conversations.read': conversations.read,
  'conversations.typing': conversations.typing,
  'hints.watch': conversations.watch,
  sync,
}
