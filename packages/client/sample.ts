/** Rows for the tests beside this file. */
import type { ChangedConversation, ContactRow, GroupRow, MembershipRow, MessageRow, Output } from '@rookery/protocol'

export const me = { number: 10_001, name: 'one', role: 'member' } as const
export const peer = 10_002
/** The conversation that rows are of where nothing else is said. */
export const chat = 7

type Direct = Extract<MembershipRow, { kind: 'direct' }>
type InGroup = Extract<MembershipRow, { kind: 'group' }>

export const messageId = (seq: number) => `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`

export function makeMessage(seq: number, given: Partial<MessageRow> = {}): MessageRow {
  const body = { kind: 'text', text: `text ${seq}` } as const
  return { conversation: chat, seq, rev: seq, id: messageId(seq), sender: peer, at: seq, body, ...given }
}

/** The rows `from` to `to`, both included. */
export function makeMessages(from: number, to: number, given: Partial<MessageRow> = {}): MessageRow[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => makeMessage(from + index, given))
}

const arranged = { from_seq: 0, read_seq: 0, pinned_at: 0, muted: false, marked: false, draft: '' }

export function makeDirect(rev: number, given: Partial<Direct> = {}): Direct {
  const other = { peer, name: 'two', avatar: '' }
  return { kind: 'direct', conversation: chat, ...other, writable: true, ...arranged, rev, ...given }
}

export function makeInGroup(rev: number, given: Partial<InGroup> = {}): InGroup {
  const own = { role: 'member', nickname: '', silenced_until: 0, left: false } as const
  return { kind: 'group', conversation: chat, ...own, writable: true, ...arranged, rev, ...given }
}

export function makeGroup(version: number, given: Partial<GroupRow> = {}): GroupRow {
  const run = { history: 'all', joining: 'closed', inviting: 'members', listed: false, silenced: false } as const
  const people = { owner: peer, members: 3, dissolved: false }
  return { conversation: chat, name: 'the group', notice: '', ...run, ...people, version, ...given }
}

export function makeContact(rev: number, given: Partial<ContactRow> = {}): ContactRow {
  const seen = { peer, name: 'two', signature: '', avatar: '' }
  const kept = { state: 'friend', greeting: '', at: 0, remark: '', group: '', blocked: false, hidden: false } as const
  return { ...seen, ...kept, rev, ...given }
}

export function makeChanged(
  messages: MessageRow[],
  unread = messages.length,
  given: Partial<ChangedConversation> = {},
): ChangedConversation {
  const last_seq = messages.at(-1)?.seq ?? 0
  const counts = { unread, mentioned: 0, stale: false }
  return { conversation: chat, last_seq, rev: last_seq, ...counts, messages, ...given }
}

export const noRows = { contacts: [], memberships: [], requests: [], settings: [] }

export function makeAnswer(given: Partial<Output<'sync'>> = {}): Output<'sync'> {
  const rest = { epoch: 'e', reset: false, rev: 1, cursor: '1', total: 0, more: false }
  return { ...rest, ...noRows, conversations: [], ...given }
}
