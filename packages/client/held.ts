/** A device's copy, and how far it goes. */
import { LIMITS } from '@rookery/protocol'
import { initialState, type ClientState, type Conversation, type DirectConversation } from './state.ts'

/** Everything up to `rev` and `cursor`, of the history called `epoch`. */
export interface Held {
  readonly state: ClientState
  readonly epoch: string
  readonly rev: number
  readonly cursor: string
  /** Counts the times that everything was dropped: what is kept of an earlier life is worth nothing in a later one. */
  readonly life: number
}

export const nothingHeld: Held = { state: initialState, epoch: '', rev: 0, cursor: '', life: 0 }

/** The start of another life. */
export function startAnew(held: Held, state: ClientState): Held {
  return { ...nothingHeld, state, life: held.life + 1 }
}

export function newConversation(id: number): DirectConversation {
  return {
    kind: 'direct',
    id,
    peer: 0,
    name: '',
    avatar: '',
    writable: false,
    from_seq: 0,
    pinned_at: 0,
    muted: false,
    marked: false,
    draft: '',
    told: { pinned_at: 0, muted: false, marked: false, draft: '' },
    untold: {},
    own_rev: 0,
    last_seq: 0,
    rev: 0,
    compared: 'yes',
    read_seq: 0,
    told_read_seq: 0,
    unread: 0,
    mentioned: 0,
    readers: new Map(),
    peer_read_seq: 0,
    messages: [],
    around: null,
    pending: [],
    typing: [],
  }
}

/** Where what was written in a conversation waits for its place, as long as its number may mean another one. */
export function newStranded({ id, kind, peer }: Pick<Conversation, 'id' | 'kind' | 'peer'>): Conversation {
  if (kind === 'direct') return { ...newConversation(-peer), peer }
  const group = { kind, group: null, role: 'member', nickname: '', silenced_until: 0 } as const
  return { ...newConversation(strandedGroup(id)), ...group }
}

/** Below all negative numbers of people. */
export function strandedGroup(conversation: number): number {
  return conversation < 0 ? conversation : -LIMITS.lastNumber - conversation
}

export function putConversation(state: ClientState, conversation: Conversation): ClientState {
  return { ...state, conversations: new Map(state.conversations).set(conversation.id, conversation) }
}

/** One is not in it any more: nothing of it stays, nor what was to be sent there. */
export function dropConversation(state: ClientState, id: number): ClientState {
  if (!state.conversations.has(id)) return state
  const conversations = new Map(state.conversations)
  const groupPeople = new Map(state.groupPeople)
  conversations.delete(id)
  groupPeople.delete(id)
  return { ...dropQuoted(state, id), conversations, groupPeople }
}

/** What was asked about single messages of this conversation is to be asked again. */
export function dropQuoted(state: ClientState, id: number): ClientState {
  const left = [...state.quoted].filter(([key]) => !key.startsWith(`${id} `))
  return left.length === state.quoted.size ? state : { ...state, quoted: new Map(left) }
}
