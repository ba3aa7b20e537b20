/** How a state differs from an earlier one. Pure; what did not change is not in it, and stays the same object. */
import type { ClientState, Conversation } from '../state.ts'
import { applyMap, diffMaps, missing, type MapPatch } from './map-patch.ts'
import { applyRun, diffRuns, type RunPatch } from './message-run.ts'

type Own = Pick<ClientState, 'connection' | 'me' | 'synced' | 'settings'>

/** The maps of which an entry changes as a whole. */
const mapNames = ['contacts', 'requests', 'people', 'groupPeople', 'quoted', 'online'] as const
type MapName = (typeof mapNames)[number]
type MapPatchOf<Name extends MapName> =
  ClientState[Name] extends ReadonlyMap<infer Key, infer Value> ? MapPatch<Key, Value> : never

interface ConversationPatch {
  readonly id: number
  /** Everything that differs but its messages. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly messages: RunPatch | null
}

/** `put`: new, or whole; `gone`: keys. */
export type Patch = {
  readonly own?: Partial<Own>
  readonly conversations?: {
    readonly put: readonly Conversation[]
    readonly changed: readonly ConversationPatch[]
    readonly gone: readonly number[]
  }
} & { readonly [Name in MapName]?: MapPatchOf<Name> }

/** Null where nothing differs. */
export function diffStates(before: ClientState, after: ClientState): Patch | null {
  if (before === after) return null
  const own = diffOwn(before, after)
  const conversations = diffConversations(before.conversations, after.conversations)
  const maps = Object.fromEntries(
    mapNames
      .map((name) => [name, diffMaps<unknown, unknown>(before[name], after[name])] as const)
      .filter(([, patch]) => patch !== null),
  )
  if (!own && !conversations && Object.keys(maps).length === 0) return null
  return { ...maps, ...(own && { own }), ...(conversations && { conversations }) }
}

export function applyPatch(state: ClientState, patch: Patch): ClientState {
  const { own, conversations } = patch
  const maps = Object.fromEntries(
    mapNames.flatMap((name) => {
      const changes: MapPatch<unknown, unknown> | undefined = patch[name]
      return changes ? [[name, applyMap<unknown, unknown>(state[name], changes)] as const] : []
    }),
  )
  return {
    ...state,
    ...maps,
    ...own,
    ...(conversations && { conversations: applyConversations(state.conversations, conversations) }),
  }
}

function diffOwn(before: ClientState, after: ClientState): Patch['own'] | null {
  const own = {
    ...(before.connection !== after.connection && { connection: after.connection }),
    ...(before.me !== after.me && { me: after.me }),
    ...(before.synced !== after.synced && { synced: after.synced }),
    ...(before.settings !== after.settings && { settings: after.settings }),
  }
  return Object.keys(own).length > 0 ? own : null
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
    if (!old || old.kind !== conversation.kind) put.push(conversation)
    else if (patch) changed.push(patch)
  }
  const gone = missing(before.keys(), after)
  return put.length + changed.length + gone.length > 0 ? { put, changed, gone } : null
}

function diffConversation(before: Conversation, after: Conversation): ConversationPatch | null {
  const { messages, ...rest } = after
  const earlier: Readonly<Record<string, unknown>> = { ...before }
  const differing = Object.entries(rest).filter(([key, value]) => !isSame(earlier[key], value))
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
