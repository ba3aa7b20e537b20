/** How the rows that are somebody's own change what a device knows. Pure; applying a row twice changes nothing. */
import type { ContactRow, GroupRequestRow, MembershipRow, OwnRows } from '@rookery/protocol'
import { moveReadPointer } from './counting.ts'
import { dropConversation, dropQuoted, newConversation, putConversation, strandedGroup, type Held } from './held.ts'
import { requestKey, type ClientState, type Conversation, type Told } from './state.ts'

/** Own rows as pushed: all kinds count in one rev. Null: one is not the next, something was missed. */
export function applyOwnRows(held: Held, rows: OwnRows): Held | null {
  const fresh = [...rows.contacts, ...rows.memberships, ...rows.requests, ...rows.settings]
    .map(({ rev }) => rev)
    .filter((rev) => rev > held.rev)
    .sort((a, b) => a - b)
  if (fresh.some((rev, index) => rev !== held.rev + 1 + index)) return null
  return { ...held, state: putOwnRows(held.state, rows, held.rev), rev: fresh.at(-1) ?? held.rev }
}

/** @param known every change up to this rev is held: what is older, and not here, was here and is gone. */
export function putOwnRows(state: ClientState, rows: OwnRows, known: number): ClientState {
  const contacts = rows.contacts.reduce(putContact, state.contacts)
  const requests = rows.requests.reduce(putRequest, state.requests)
  const settings = rows.settings.reduce((so, row) => (row.rev > (so?.rev ?? 0) ? row : so), state.settings)
  return rows.memberships
    .filter((row) => row.rev > known || state.conversations.has(row.conversation))
    .reduce(putMembership, { ...state, contacts, requests, settings })
}

function putContact(contacts: ReadonlyMap<number, ContactRow>, row: ContactRow): ReadonlyMap<number, ContactRow> {
  return row.rev > (contacts.get(row.peer)?.rev ?? 0) ? new Map(contacts).set(row.peer, row) : contacts
}

function putRequest(requests: ClientState['requests'], row: GroupRequestRow): ClientState['requests'] {
  const key = requestKey(row)
  return row.rev > (requests.get(key)?.rev ?? 0) ? new Map(requests).set(key, row) : requests
}

/** What was written in a lost history finds its place again here; what one is not in any more is gone. */
function putMembership(before: ClientState, row: MembershipRow): ClientState {
  const known = before.conversations.get(row.conversation) ?? newConversation(row.conversation)
  if (row.rev <= known.own_rev) return before
  if (row.kind === 'group' && row.left) return dropConversation(before, known.id)
  const isBack = isInAnew(known, row)
  const state = isBack ? dropQuoted(before, known.id) : before
  const held = isBack ? { ...newConversation(known.id), pending: known.pending } : known
  const home = row.kind === 'direct' ? -row.peer : strandedGroup(row.conversation)
  const stranded = state.conversations.get(home)?.pending ?? []
  // Another history's group may have had this number: what was given up stays where it is.
  const found = row.kind === 'direct' ? stranded : stranded.filter((message) => message.state.kind === 'sending')
  const told_read_seq = Math.max(held.told_read_seq, row.read_seq)
  const pending = found.length > 0 ? [...found, ...held.pending] : held.pending
  const arranged = { ...arrangeBy(held, row), told_read_seq, pending }
  const rest = found.length === stranded.length ? dropConversation(state, home) : state
  return putConversation(rest, moveReadPointer(arranged, row.read_seq, state.me))
}

/** Out of a group and in again, and nobody told this device: nothing from before is for its owner any more. */
export function isInAnew(before: Pick<Conversation, 'from_seq'>, now: Pick<Conversation, 'from_seq'>): boolean {
  return now.from_seq > before.from_seq
}

/** What the row says of a conversation. */
function arrangeBy(held: Conversation, row: MembershipRow): Conversation {
  const { writable, from_seq, rev: own_rev } = row
  const own = overlay({ ...held, writable, from_seq, own_rev, told: toldBy(row) })
  if (row.kind === 'direct') {
    const { kind, peer, name, avatar } = row
    return { ...own, kind, peer, name, avatar }
  }
  const { kind, role, nickname, silenced_until } = row
  const group = held.kind === 'group' ? held.group : null
  return { ...own, kind, group, name: group?.name ?? held.name, role, nickname, silenced_until }
}

export function toldBy({ pinned_at, muted, marked, draft }: MembershipRow): Told {
  return { pinned_at, muted, marked, draft }
}

/** Shows what was changed here, else what the server has. */
export function overlay(held: Conversation): Conversation {
  const { told, untold } = held
  const { pinned, muted = told.muted, marked = told.marked, draft = told.draft } = untold
  const pinned_at = pinned === undefined ? told.pinned_at : pinned ? told.pinned_at || held.pinned_at : 0
  return { ...held, pinned_at, muted, marked, draft }
}
