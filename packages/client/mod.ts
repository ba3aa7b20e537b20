/** The SDK: connection, outbox, sync, state. No UI. Runs in browsers, Bun and Node. */
export type { Client } from './client.ts'
export { connect, type ClientOptions } from './connect.ts'
export type { Cache } from './cache/cache.ts'
export { forgetDevice } from './cache/forget.ts'
export { openIndexedDbCache } from './cache/indexed-db.ts'
export { createMemoryCache } from './cache/memory.ts'
export { hostClient } from './share/host.ts'
export type { HostedClient } from './share/hosted-client.ts'
export { openSharedClient, type ShareOptions } from './share/window.ts'
export { callOnce } from './call-once.ts'
export { readPeople, writePeople, type PeopleLine } from './people-file.ts'
export { findMessage } from './loaded.ts'
export { nameOf } from './names.ts'
export { pendingBody } from './previews.ts'
export { messageKey, requestKey } from './state.ts'
export type {
  Arrangement,
  Around,
  ClientState,
  ConnectionState,
  Conversation,
  DirectConversation,
  GroupConversation,
  GroupPeople,
  PendingMessage,
} from './state.ts'
