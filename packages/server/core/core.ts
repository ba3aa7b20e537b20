/** The rules, joined to their ports: one function to call any operation. */
import { ok, refuse, type Answer, type Checked, type OperationName, type Result } from '@rookery/protocol'
import { isUser, type Caller, type Context, type Policy, type User, type Visitor } from './context.ts'
import { handlers } from './handlers.ts'
import type { Ports, Session } from './ports.ts'
import type { Avatar } from './own-row-ports.ts'
import { createPresence, type Presence } from './presence.ts'
import { endIdleLegacySessions, findLegacySession, findSession } from './sessions.ts'
import { createThrottle, type ThrottleLimits } from './throttle.ts'
import { makeAdminTicket } from './tickets.ts'

export interface Core {
  /** Input must have been checked against the operation's schema; `call` decides whether this caller may ask at all. */
  call<Name extends OperationName>(name: Name, who: Who, caller: Caller, input: Checked<Name>): Promise<Answer<Name>>
  /** Whom a session's token stands for. */
  authenticate(token: string, visitor: Visitor): Promise<Result<User, 'unauthenticated'>>
  /** Whom an old client at that address and port is logged in as. */
  authenticateLegacy(device: string, visitor: Visitor): Promise<Result<User, 'unauthenticated'>>
  /** Forgets the old clients that have been silent for too long. */
  endIdleLegacySessions(): Promise<void>
  /** The picture of that name, for whoever knows the name: it is made of what the picture holds. */
  findAvatar(name: string): Promise<Avatar | null>
  /** The groups that these people are in. */
  groupsOf: Ports['store']['conversations']['groupsOf']
  /** False once the session was ended. */
  isLive(session: string): Promise<boolean>
  /** Those of them that were not ended. */
  findLive(sessions: readonly string[]): Promise<string[]>
  /** The one-time secret that makes the first administrator; null where there is one. */
  makeAdminTicket(): Promise<string | null>
  readonly presence: Presence
}

type Who = 'anyone' | 'user' | 'admin'

export function createCore(ports: Ports, policy: Policy, limits: ThrottleLimits): Core {
  const presence = createPresence(ports)
  const context: Context = { ...ports, policy, presence, throttle: createThrottle(ports, limits) }
  return {
    call(name, who, caller, input) {
      if (who !== 'anyone' && !isUser(caller)) return Promise.resolve(refuse('unauthenticated'))
      if (who === 'admin' && !(isUser(caller) && caller.role === 'admin')) return Promise.resolve(refuse('forbidden'))
      // The table of handlers ties each name to its caller and input; the checks above make it true here.
      const handler = handlers[name] as (
        context: Context,
        caller: Caller,
        input: Checked<typeof name>,
      ) => Promise<Answer<typeof name>>
      return handler(context, caller, input)
    },
    authenticate: async (token, visitor) => toUser(await findSession(context, token), visitor),
    authenticateLegacy: async (device, visitor) => toUser(await findLegacySession(context, device), visitor),
    endIdleLegacySessions: () => endIdleLegacySessions(context),
    findAvatar: (name) => ports.store.contacts.avatar(name),
    isLive: (session) => ports.store.sessions.exists(session),
    findLive: (sessions) => ports.store.sessions.alive(sessions),
    groupsOf: (numbers) => ports.store.conversations.groupsOf(numbers),
    makeAdminTicket: () => makeAdminTicket(context),
    presence,
  }
}

function toUser(found: Session | null, visitor: Visitor): Result<User, 'unauthenticated'> {
  if (!found) return refuse('unauthenticated')
  const { session, number, name, role } = found
  return ok({ ...visitor, session, number, name, role })
}
