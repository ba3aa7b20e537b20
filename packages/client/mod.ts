/** The SDK: connection, outbox, sync, state. No UI. Runs in browsers, Bun and Node. */
export type { Client } from './client.ts'
export { connect, type ClientOptions } from './connect.ts'
export { callOnce } from './call-once.ts'
export { readPeople, writePeople, type PeopleLine } from './people-file.ts'
export type { ClientState, ConnectionState, Conversation, PendingMessage } from './state.ts'
