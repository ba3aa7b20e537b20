/** What the contract's tests are made of. */
import type { ContactRow, MessageRow } from '@rookery/protocol'
import type { Cache, Saved, SavedConversation, SavedDevice, SavedPending } from '../cache.ts'

export interface OpenedCache {
  readonly cache: Cache
  /** Closes it and opens what it left, as the next run does; the same one where nothing outlives the process. */
  reopen(): Promise<Cache>
}

export type OpenCache = () => Promise<OpenedCache>

export const at = 1_700_000_000_000
export const nothing: Saved = { device: null, contacts: [], conversations: [], pending: [] }

export function makeDevice(rev: number, epoch = 'an epoch'): SavedDevice {
  return { me: { number: 10_001, name: '甲 🎉', role: 'member' }, epoch, rev, cursor: `cursor ${rev}`, synced: true }
}

export function makeContact(peer: number, given: Partial<ContactRow> = {}): ContactRow {
  return { peer, name: `person ${peer}`, state: 'friend', greeting: '', at, rev: 1, ...given }
}

export function makeConversation(id: number, given: Partial<SavedConversation> = {}): SavedConversation {
  const peer = { peer: 10_002, name: '乙', writable: true, own_rev: 1 }
  const extent = { last_seq: 0, rev: 0, compared: 'yes' } as const
  const pointers = { read_seq: 0, told_read_seq: 0, unread: 0, peer_read_seq: 0 }
  return { id, ...peer, ...extent, ...pointers, newest: null, ...given }
}

/** Two rows of the same place and rev are the same row. */
export function makeRow(conversation: number, seq: number, rev = seq): MessageRow {
  const text = `${conversation}, ${seq} as of ${rev}`
  return { conversation, seq, rev, id: `${conversation}-${seq}`, sender: 10_002, at, body: { kind: 'text', text } }
}

/** The rows `from` to `to`, both included. */
export function makeRows(conversation: number, from: number, to: number): MessageRow[] {
  return Array.from({ length: to - from + 1 }, (_, index) => makeRow(conversation, from + index))
}

export function makePending(id: string, given: Partial<SavedPending> = {}): SavedPending {
  const body = { kind: 'text', text: `unsent ${id}` } as const
  return { id, at, body, state: { kind: 'sending' }, conversation: 1, peer: 10_002, ...given }
}

/** The same, whatever order contacts and conversations come in: the port promises none. */
export function sorted({ contacts, conversations, ...rest }: Saved): Saved {
  return {
    ...rest,
    contacts: contacts.toSorted((one, other) => one.peer - other.peer),
    conversations: conversations.toSorted((one, other) => one.id - other.id),
  }
}

export const seqs = (rows: readonly MessageRow[]) => rows.map(({ seq }) => seq)
export const ids = (pending: readonly SavedPending[]) => pending.map(({ id }) => id)
