/** What the contract's tests are made of. */
import type { ContactRow, GroupRequestRow, GroupRow, MessageRow, Person } from '@rookery/protocol'
import { newConversation } from '../../held.ts'
import { requestKey } from '../../state.ts'
import type { Cache, Saved, SavedConversation, SavedDevice, SavedPending } from '../cache.ts'

export interface OpenedCache {
  readonly cache: Cache
  /** Closes it and opens what it left, as the next run does; the same one where nothing outlives the process. */
  reopen(): Promise<Cache>
}

export type OpenCache = () => Promise<OpenedCache>

export const at = 1_700_000_000_000
export const nothing: Saved = {
  device: null,
  contacts: [],
  requests: [],
  people: [],
  conversations: [],
  pending: [],
}

export function makeDevice(rev: number, epoch = 'an epoch'): SavedDevice {
  const settings = { name: '甲 🎉', signature: '', avatar: '', status: 'online' } as const
  const me = { number: 10_001, name: '甲 🎉', role: 'member' } as const
  return {
    me,
    settings: { ...settings, contact_groups: ['同学'], rev },
    epoch,
    rev,
    cursor: `cursor ${rev}`,
    synced: true,
  }
}

export function makeContact(peer: number, given: Partial<ContactRow> = {}): ContactRow {
  const seen = { name: `person ${peer}`, signature: '', avatar: '' }
  const kept = { state: 'friend', greeting: '', at, remark: '', group: '', blocked: false, hidden: false } as const
  return { peer, ...seen, ...kept, rev: 1, ...given }
}

export function makeRequest(number: number, given: Partial<GroupRequestRow> = {}): GroupRequestRow {
  return { conversation: 5, group: '读书', number, name: '丙', greeting: '', state: 'waiting', at, rev: 1, ...given }
}

export function makePerson(number: number, given: Partial<Person> = {}): Person {
  return { number, name: `person ${number}`, signature: '', avatar: '', ...given }
}

export function makeGroupRow(conversation: number, given: Partial<GroupRow> = {}): GroupRow {
  const run = { history: 'all', joining: 'closed', inviting: 'members', listed: false, silenced: false } as const
  const people = { owner: 10_001, members: 3, dissolved: false }
  return { conversation, name: '读书', notice: '', ...run, ...people, version: 1, ...given }
}

type Saving<Kind> = Omit<Extract<SavedConversation, { kind: Kind }>, 'kind'>

export function makeConversation(id: number, given: Partial<Saving<'direct'>> = {}): SavedConversation {
  const {
    messages,
    around: _around,
    pending: _pending,
    typing: _typing,
    readers: _readers,
    ...saved
  } = newConversation(id)
  const own = { peer: 10_002, name: '乙', writable: true, own_rev: 1 }
  return { ...saved, ...own, newest: messages.at(-1) ?? null, ...given }
}

export function makeGroup(id: number, given: Partial<Saving<'group'>> = {}): SavedConversation {
  const group = { group: null, role: 'member', nickname: '', silenced_until: 0 } as const
  return { ...makeConversation(id, { peer: 0, name: '读书' }), kind: 'group', ...group, ...given }
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

/** The same, whatever order all but pending messages come in: the port promises none. */
export function sorted({ contacts, requests, people, conversations, ...rest }: Saved): Saved {
  return {
    ...rest,
    requests: requests.toSorted((one, other) => requestKey(one).localeCompare(requestKey(other))),
    people: people.toSorted((one, other) => one.number - other.number),
    contacts: contacts.toSorted((one, other) => one.peer - other.peer),
    conversations: conversations.toSorted((one, other) => one.id - other.id),
  }
}

export const seqs = (rows: readonly MessageRow[]) => rows.map(({ seq }) => seq)
export const ids = (pending: readonly SavedPending[]) => pending.map(({ id }) => id)
