/** Conversations and messages for the tests beside this file and in `chat`. */
import type { Conversation, DirectConversation, GroupConversation, PendingMessage } from '@rookery/client'
import type { Body, GroupRow, MessageRow } from '@rookery/protocol'

export const me = 10_001
export const peer = 10_002

export function message(seq: number, sender: number, at: number, text = `text ${seq}`): MessageRow {
  return { conversation: 1, seq, rev: seq, id: `id-${seq}`, sender, at, body: { kind: 'text', text } }
}

export function said(seq: number, sender: number, body: Body): MessageRow {
  return { ...message(seq, sender, seq), body }
}

export function pending(id: string, at: number, state: PendingMessage['state'] = { kind: 'sending' }): PendingMessage {
  return { id, at, body: { kind: 'text', text: id }, state }
}

export function conversation(change: Partial<DirectConversation> = {}): DirectConversation {
  const messages = change.messages ?? []
  return {
    kind: 'direct',
    id: 1,
    peer,
    name: 'two',
    avatar: '',
    writable: true,
    from_seq: 0,
    pinned_at: 0,
    muted: false,
    marked: false,
    draft: '',
    told: { pinned_at: 0, muted: false, marked: false, draft: '' },
    untold: {},
    own_rev: 0,
    last_seq: messages.at(-1)?.seq ?? 0,
    rev: 0,
    compared: 'yes',
    read_seq: 0,
    told_read_seq: 0,
    unread: 0,
    mentioned: 0,
    readers: new Map(),
    peer_read_seq: 0,
    messages,
    around: null,
    pending: [],
    typing: [],
    ...change,
  }
}

export const groupRow: GroupRow = {
  conversation: 1,
  name: 'group',
  notice: '',
  history: 'all',
  joining: 'closed',
  inviting: 'members',
  listed: false,
  silenced: false,
  owner: me,
  members: 3,
  dissolved: false,
  version: 1,
}

export function group(change: Partial<GroupConversation> = {}): GroupConversation {
  const { messages = [] } = change
  const rest = { group: groupRow, role: 'member', nickname: '', silenced_until: 0 } as const
  return { ...conversation({ messages }), ...rest, kind: 'group', peer: 0, name: 'group', ...change }
}

export function byId(...conversations: Conversation[]): ReadonlyMap<number, Conversation> {
  return new Map(conversations.map((one) => [one.id, one]))
}
