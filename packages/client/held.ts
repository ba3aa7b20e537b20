/** A device's copy, and how far it goes. */
import { initialState, type ClientState, type Conversation } from './state.ts'

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

export function newConversation(id: number): Conversation {
  return {
    id,
    peer: 0,
    name: '',
    writable: false,
    own_rev: 0,
    last_seq: 0,
    rev: 0,
    compared: 'yes',
    read_seq: 0,
    told_read_seq: 0,
    unread: 0,
    peer_read_seq: 0,
    messages: [],
    pending: [],
    typing: [],
  }
}

export function putConversation(state: ClientState, conversation: Conversation): ClientState {
  return { ...state, conversations: new Map(state.conversations).set(conversation.id, conversation) }
}
