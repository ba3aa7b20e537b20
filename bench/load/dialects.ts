/** The protocols of the other servers, as far as one person who writes to another needs them. */
import type { Dialect } from './dialect.ts'
import { irc } from './irc.ts'
import type { Protocol } from './jobs.ts'
import { mqtt } from './mqtt.ts'
import { xmpp } from './xmpp.ts'

export const dialects: Readonly<Record<Protocol, Dialect>> = { xmpp, irc, mqtt }

/** Every server knows these people, all with one password, and `localhost` where it wants a domain. */
export const nameOf = (index: number) => `u${index}`
