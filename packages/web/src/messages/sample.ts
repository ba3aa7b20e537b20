/** Conversations and messages for the tests beside this file and in `chat`. */
import type { Conversation, PendingMessage } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'

export const me = 10_001
export const peer = 10_002

export function message(seq: number, sender: number, at: number, text = `text ${seq}`): MessageRow {
  return { conversation: 1, seq, rev: seq, id: `id-${seq}`, sender, at, body: { kind: 'text', text } }
}

export function pending(id: string, at: number, state: PendingMessage['state'] = { kind: 'sending' }): PendingMessage {
  return { id, at, body: { kind: 'text', text: id }, state }
}

export function conversation(change: Partial<Conversation> = {}): Conversation {
  const messages = change.messages ?? []
  return {
    id: 1,
    peer,
    name: 'two',
    writable: true,
    own_rev: 0,
    last_seq: messages.at(-1)?.seq ?? 0,
    rev: 0,
    compared: 'yes',
    read_seq: 0,
    told_read_seq: 0,
    unread: 0,
    peer_read_seq: 0,
    messages,
    pending: [],
    typing: [],
    ...change,
  }
}

export function byId(...conversations: Conversation[]): ReadonlyMap<number, Conversation> {
  return new Map(conversations.map((one) => [one.id, one]))
}
