/** Which function answers which operation. */
import type { Answer, Checked, OperationName, Operations } from '@rookery/protocol'
import * as accounts from './accounts.ts'
import * as contactSettings from './contact-settings.ts'
import * as contacts from './contacts.ts'
import type { Context, User, Visitor } from './context.ts'
import * as conversations from './conversations.ts'
import * as groupJoining from './group-joining.ts'
import * as groupMembers from './group-members.ts'
import * as groups from './groups.ts'
import * as messageChanges from './message-changes.ts'
import * as messages from './messages.ts'
import * as passkeys from './passkeys.ts'
import * as presence from './shown-presence.ts'
import * as profiles from './profiles.ts'
import { findMessages } from './search.ts'
import * as secondFactor from './second-factor.ts'
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
  'sessions.logInByPasskey': passkeys.logInByPasskey,
  'security.read': secondFactor.readSecurity,
  'security.draft': secondFactor.draft,
  'security.enable': secondFactor.enable,
  'security.disable': secondFactor.disable,
  'security.renewCodes': secondFactor.renewCodes,
  'security.reset': secondFactor.reset,
  'passkeys.begin': passkeys.begin,
  'passkeys.add': passkeys.add,
  'passkeys.remove': passkeys.remove,
  'passkeys.challenge': passkeys.challengeLogIn,
  'accounts.updateProfile': profiles.updateProfile,
  'accounts.setAvatar': profiles.setAvatar,
  'accounts.setStatus': presence.setStatus,
  'people.get': profiles.getPeople,
  'people.find': contacts.findPeople,
  'contacts.request': contacts.request,
  'contacts.answer': contacts.answer,
  'contacts.remove': contacts.remove,
  'contacts.join': contacts.join,
  'contacts.arrange': contactSettings.arrange,
  'contacts.block': contactSettings.block,
  'contacts.setGroups': contactSettings.setGroups,
  'presence.list': presence.listPresence,
  'presence.read': presence.readPresence,
  'messages.send': messages.send,
  'messages.page': messages.page,
  'messages.get': messages.get,
  'messages.locate': messages.locate,
  'messages.edit': messageChanges.edit,
  'messages.recall': messageChanges.recall,
  'messages.react': messageChanges.react,
  'messages.find': findMessages,
  'conversations.openNote': conversations.openNote,
  'conversations.arrange': conversations.arrange,
  'conversations.open': conversations.open,
  'conversations.read': conversations.read,
  'conversations.typing': conversations.typing,
  'hints.watch': conversations.watch,
  'hints.rest': presence.rest,
  'groups.create': groups.create,
  'groups.find': groups.find,
  'groups.members': groups.members,
  'groups.people': groups.people,
  'groups.invite': groupMembers.invite,
  'groups.join': groupJoining.join,
  'groups.answer': groupJoining.answer,
  'groups.makeLink': groupJoining.makeLink,
  'groups.readLink': groupJoining.readLink,
  'groups.joinByLink': groupJoining.joinByLink,
  'groups.leave': groups.leave,
  'groups.remove': groupMembers.remove,
  'groups.setRole': groupMembers.setRole,
  'groups.handOver': groupMembers.handOver,
  'groups.configure': groups.configure,
  'groups.silence': groupMembers.silence,
  'groups.setNickname': groups.setNickname,
  'groups.dissolve': groups.dissolve,
  sync,
}
