/** How a state differs from an earlier one. Pure; what did not change is not in it, and stays the same object. */
import type { ContactRow } from '@rookery/protocol'
import type { ClientState, Conversation } from '../state.ts'
import { applyRun, diffRuns, type RunPatch } from './message-run.ts'

/** Everything of a conversation but its messages. */
type Fields = Partial<Omit<Conversation, 'messages'>>

interface ConversationPatch {
  readonly id: number
  readonly fields: Fields
  readonly messages: RunPatch | null
}

/** `put`: new, or whole; `gone`: keys. The order of a map's entries is not told. */
export interface Patch {
  readonly own?: Partial<Pick<ClientState, 'connection' | 'me' | 'synced'>>
  readonly contacts?: { readonly put: readonly ContactRow[]; readonly gone: readonly number[] }
  readonly conversations?: {
    readonly put: readonly Conversation[]
    readonly changed: readonly ConversationPatch[]
    readonly gone: readonly number[]
  }
  readonly online?: { readonly put: readonly number[]; readonly gone: readonly number[] }
}

/** Null where nothing differs. */
export function diffStates(before: ClientState, after: ClientState): Patch | null {
  if (before === after) return null
  const own = diffOwn(before, after)
  const contacts = diffContacts(before.contacts, after.contacts)
  const conversations = diffConversations(before.conversations, after.conversations)
  const online = diffOnline(before.online, after.online)
  if (!own && !contacts && !conversations && !online) return null
  return {
    ...(own && { own }),
    ...(contacts && { contacts }),
    ...(conversations && { conversations }),
    ...(online && { online }),
  }
}

export function applyPatch(state: ClientState, { own, contacts, conversations, online }: Patch): ClientState {
  return {
    ...state,
    ...own,
    ...(contacts && { contacts: applyContacts(state.contacts, contacts) }),
    ...(conversations && { conversations: applyConversations(state.conversations, conversations) }),
    ...(online && { online: applyOnline(state.online, online) }),
  }
}

function diffOwn(before: ClientState, after: ClientState): Patch['own'] | null {
  const own = {
    ...(before.connection !== after.connection && { connection: after.connection }),
    ...(before.me !== after.me && { me: after.me }),
    ...(before.synced !== after.synced && { synced: after.synced }),
  }
  return Object.keys(own).length > 0 ? own : null
}

type Contacts = ClientState['contacts']

function diffContacts(before: Contacts, after: Contacts): Patch['contacts'] | null {
  if (before === after) return null
  const put = [...after].filter(([key, row]) => before.get(key) !== row).map(([, row]) => row)
  const gone = missing(before.keys(), after)
  return put.length + gone.length > 0 ? { put, gone } : null
}

function applyContacts(before: Contacts, { put, gone }: NonNullable<Patch['contacts']>): Contacts {
  const contacts = new Map(before)
  for (const key of gone) contacts.delete(key)
  for (const row of put) contacts.set(row.peer, row)
  return contacts
}

type Conversations = ClientState['conversations']

function diffConversations(before: Conversations, after: Conversations): Patch['conversations'] | null {
  if (before === after) return null
  const put: Conversation[] = []
  const changed: ConversationPatch[] = []
  for (const [id, conversation] of after) {
    const old = before.get(id)
    if (old === conversation) continue
    const patch = old && diffConversation(old, conversation)
    if (!old) put.push(conversation)
    else if (patch) changed.push(patch)
  }
  const gone = missing(before.keys(), after)
  return put.length + changed.length + gone.length > 0 ? { put, changed, gone } : null
}

function diffConversation(before: Conversation, after: Conversation): ConversationPatch | null {
  const { messages, ...rest } = after
  const differing = Object.entries(rest).filter(([key, value]) => !isSame(before[key as keyof Fields], value))
  const run = diffRuns(before.messages, messages)
  return differing.length === 0 && !run ? null : { id: after.id, fields: Object.fromEntries(differing), messages: run }
}

/** Two empty lists are the same one. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || (Array.isArray(one) && Array.isArray(other) && one.length + other.length === 0)
}

function applyConversations(before: Conversations, patch: NonNullable<Patch['conversations']>): Conversations {
  const conversations = new Map(before)
  for (const id of patch.gone) conversations.delete(id)
  for (const conversation of patch.put) conversations.set(conversation.id, conversation)
  for (const { id, fields, messages } of patch.changed) {
    const old = before.get(id)
    if (!old) throw new Error('A patch is of another state than this.')
    conversations.set(id, { ...old, ...fields, messages: messages ? applyRun(old.messages, messages) : old.messages })
  }
  return conversations
}

function diffOnline(before: ClientState['online'], after: ClientState['online']): Patch['online'] | null {
  if (before === after) return null
  const put = missing(after, before)
  const gone = missing(before, after)
  return put.length + gone.length > 0 ? { put, gone } : null
}

function applyOnline(
  before: ClientState['online'],
  { put, gone }: NonNullable<Patch['online']>,
): ClientState['online'] {
  const online = new Set([...before, ...put])
  for (const key of gone) online.delete(key)
  return online
}

function missing(keys: Iterable<number>, from: { has(key: number): boolean }): number[] {
  return [...keys].filter((key) => !from.has(key))
}
