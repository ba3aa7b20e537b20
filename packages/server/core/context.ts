/** What every rule gets: the ports, the house's own settings, and who is asking. */
import type { Role } from '@rookery/protocol'
import type { Ports } from './ports.ts'
import type { Presence } from './presence.ts'
import type { Throttle } from './throttle.ts'

/** The settings that rules depend on. */
export interface Policy {
  readonly registration: 'open' | 'invite' | 'closed'
  readonly contacts: 'request' | 'open'
  /** Between two people of whom one has an old client. */
  readonly legacyContacts: 'request' | 'open'
  /** The origin of the address that people reach this server at; null where the settings do not say. */
  readonly origin: string | null
}

export interface Context extends Ports {
  readonly policy: Policy
  readonly presence: Presence
  readonly throttle: Throttle
}

/** Somebody before log-in: all that is known is where they call from. */
export interface Visitor {
  readonly address: string
  /** The socket that asks, unique among all nodes: what it causes comes to it as the answer, not as a push. */
  readonly socket: string | null
  /** The origin of the page that asks: one of our own. Programs have none. */
  readonly origin?: string | null
  /** Calls by the old campus protocol. */
  readonly legacy: boolean
}

/** Somebody with a session. */
export interface User extends Visitor {
  readonly session: string
  readonly number: number
  readonly name: string
  readonly role: Role
}

export type Caller = Visitor | User

export function isUser(caller: Caller): caller is User {
  return 'session' in caller
}
