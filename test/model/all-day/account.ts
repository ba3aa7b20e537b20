/** What the server has for somebody, as a new device of theirs gets it; and in what a device differs from it. */
import { isDeepStrictEqual } from 'node:util'
import { requestKey, type ClientState, type Conversation } from '@rookery/client'
import type {
  ChangedConversation,
  ContactRow,
  GroupRequestRow,
  MembershipRow,
  MessageRow,
  SettingsRow,
} from '@rookery/protocol'
import { ask, type Urls } from '../../../packages/cli/verify/ask.ts'

export interface Account {
  /** Of what one is in. */
  readonly memberships: ReadonlyMap<number, MembershipRow>
  readonly heads: ReadonlyMap<number, ChangedConversation>
  readonly contacts: ReadonlyMap<number, ContactRow>
  readonly requests: ReadonlyMap<string, GroupRequestRow>
  readonly settings: SettingsRow | null
  readonly total: number
}

export async function readAccount(urls: Urls, token: string): Promise<Account> {
  const memberships = new Map<number, MembershipRow>()
  const heads = new Map<number, ChangedConversation>()
  const contacts = new Map<number, ContactRow>()
  const requests = new Map<string, GroupRequestRow>()
  let settings: SettingsRow | null = null
  let known = { epoch: '', rev: 0, cursor: '' }
  for (;;) {
    const answer = await ask(urls, 'sync', known, token)
    for (const row of answer.memberships) memberships.set(row.conversation, row)
    for (const head of answer.conversations) heads.set(head.conversation, head)
    for (const row of answer.contacts) contacts.set(row.peer, row)
    for (const row of answer.requests) requests.set(requestKey(row), row)
    settings = answer.settings[0] ?? settings
    known = { epoch: answer.epoch, rev: answer.rev, cursor: answer.cursor }
    if (answer.more) continue
    for (const [id, row] of memberships) if (row.kind === 'group' && row.left) memberships.delete(id)
    return { memberships, heads, contacts, requests, settings, total: answer.total }
  }
}

/** All rows of somebody's conversation, told from a rev of 0: as much as `sync` gives at once. */
export async function readNewest(urls: Urls, token: string, conversation: number): Promise<readonly MessageRow[]> {
  const { epoch, cursor } = await ask(urls, 'sync', { rev: 0 }, token)
  const answer = await ask(urls, 'sync', { epoch, cursor, rev: 0, heads: [[conversation, 0]] }, token)
  return answer.conversations.flatMap((changed) => (changed.conversation === conversation ? changed.messages : []))
}

/** Every way in which what a device shows is not what the server has; empty for one that is in step. */
export function findLags(state: ClientState | null, account: Account): string[] {
  if (!state?.synced || state.connection.kind !== 'online') return ['is not connected and in step']
  const lags: string[] = []
  const expect = (what: string, here: unknown, there: unknown) => {
    if (!isDeepStrictEqual(here, there)) lags.push(`${what}: ${say(here)}, not ${say(there)}`)
  }
  expect('conversations', new Set(state.conversations.keys()), new Set(account.memberships.keys()))
  expect('contacts', sortedRows(state.contacts), sortedRows(account.contacts))
  expect('requests', sortedRows(state.requests), sortedRows(account.requests))
  expect('settings', state.settings, account.settings)
  for (const [id, held] of state.conversations) {
    const membership = account.memberships.get(id)
    if (!membership) continue
    expect(`conversation ${id}`, shownOf(held), storedOf(membership, account.heads.get(id)))
    if (held.pending.some((message) => message.state.kind !== 'failed')) lags.push(`still has to send in ${id}`)
    if (Object.keys(held.untold).length > 0) lags.push(`still has to arrange ${id}`)
  }
  const sum = [...state.conversations.values()].reduce((total, { rev }) => total + rev, 0)
  expect('the sum of revs', sum, account.total)
  return lags
}

function say(value: unknown): string {
  return JSON.stringify(value instanceof Set ? [...value] : value)
}

function sortedRows<Key, Row>(rows: ReadonlyMap<Key, Row>): [string, Row][] {
  return [...rows].map(([key, row]): [string, Row] => [String(key), row]).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function shownOf(held: Conversation) {
  const { kind, last_seq, rev, read_seq, unread, mentioned, writable, from_seq, own_rev } = held
  const { pinned_at, muted, marked, draft } = held
  const common = { kind, last_seq, rev, read_seq, unread, mentioned, writable, from_seq, own_rev }
  const arranged = { pinned_at, muted, marked, draft }
  if (held.kind === 'direct') return { ...common, ...arranged, peer: held.peer, name: held.name }
  const { group, role, nickname, silenced_until, name } = held
  return { ...common, ...arranged, group, role, nickname, silenced_until, name }
}

function storedOf(row: MembershipRow, head: ChangedConversation | undefined) {
  const { kind, read_seq, writable, from_seq, rev: own_rev, pinned_at, muted, marked, draft } = row
  const { last_seq = 0, rev = 0, unread = 0, mentioned = 0, group } = head ?? {}
  const common = { kind, last_seq, rev, read_seq, unread, mentioned, writable, from_seq, own_rev }
  const arranged = { pinned_at, muted, marked, draft }
  if (row.kind === 'direct') return { ...common, ...arranged, peer: row.peer, name: row.name }
  const { role, nickname, silenced_until } = row
  return { ...common, ...arranged, group, role, nickname, silenced_until, name: group?.name }
}
