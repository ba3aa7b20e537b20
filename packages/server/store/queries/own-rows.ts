/** What both stores ask about the rows that are somebody's own, and how they write them. */
import type { ContactRow, GroupRequestRow, GroupRole, MembershipRow, SettingsRow } from '@rookery/protocol'
import type { ContactFields, MembershipFields, RowChange } from '../../core/own-row-ports.ts'

export interface StoredContact extends Omit<ContactRow, 'blocked' | 'hidden'> {
  readonly blocked: number
  readonly hidden: number
}

export interface StoredMembership {
  readonly conversation: number
  readonly kind: 'direct' | 'group'
  /** Null in groups. */
  readonly peer: number | null
  readonly name: string | null
  readonly avatar: string | null
  readonly writable: number
  readonly from_seq: number
  readonly read_seq: number
  readonly pinned_at: number
  readonly muted: number
  readonly marked: number
  readonly draft: string
  readonly rank: number
  readonly nickname: string
  readonly silenced_until: number
  readonly gone: number
  readonly rev: number
}

export interface StoredSettings extends Omit<SettingsRow, 'contact_groups'> {
  readonly contact_groups: string
}

export const contacts = `SELECT c.peer, a.name, a.signature, a.avatar, c.state, c.greeting, c.at, c.remark,
    c.contact_group AS "group", c.blocked, c.hidden, c.rev
  FROM contacts c JOIN accounts a ON a.number = c.peer`
export const memberships = `SELECT m.conversation, v.kind, a.number AS peer, a.name, a.avatar, m.writable, m.from_seq,
    m.read_seq, m.pinned_at, m.muted, m.marked, m.draft, m.rank, m.nickname, m.silenced_until, m.gone, m.rev
  FROM memberships m JOIN conversations v ON v.conversation = m.conversation
  LEFT JOIN accounts a ON a.number = CASE v.low WHEN m.owner THEN v.high ELSE v.low END`
export const requests = `SELECT r.conversation, g.name AS "group", r.number, a.name, r.greeting, r.state, r.at, r.rev
  FROM group_requests r JOIN groups g ON g.conversation = r.conversation JOIN accounts a ON a.number = r.number`

export const contactOf = `${contacts} WHERE c.owner = +$1 AND c.peer = +$2`
export const contactsOf = `${contacts} WHERE c.owner = +$1`
export const contactsAfter = `${contacts} WHERE c.owner = +$1 AND c.rev > +$2 ORDER BY c.rev LIMIT +$3`
export const membershipOf = `${memberships} WHERE m.owner = +$1 AND m.conversation = +$2`
export const membershipsAfter = `${memberships} WHERE m.owner = +$1 AND m.rev > +$2 ORDER BY m.rev LIMIT +$3`
export const requestOf = `${requests} WHERE r.owner = +$1 AND r.conversation = +$2 AND r.number = +$3`
export const requestsAfter = `${requests} WHERE r.owner = +$1 AND r.rev > +$2 ORDER BY r.rev LIMIT +$3`
export const requestRowsOf = `${requests.replace('SELECT', 'SELECT r.owner,')}
  WHERE r.conversation = +$1 AND r.number = +$2 ORDER BY r.owner`
/** One row for everybody: what was never set is as it is at the beginning. */
export const settings = `SELECT a.name, a.signature, a.avatar, coalesce(s.status, 'online') AS status,
    coalesce(s.contact_groups, '[]') AS contact_groups, coalesce(s.rev, 0) AS rev
  FROM accounts a LEFT JOIN settings s ON s.owner = a.number`
export const settingsOf = `${settings} WHERE a.number = +$1`

export const countContacts = `SELECT count(*) AS count FROM contacts WHERE owner = $1 AND state IN ('friend', 'outgoing')`
export const friendsOf = `SELECT peer FROM contacts WHERE owner = $1 AND state = 'friend'`

export const takeRev = 'UPDATE accounts SET rev = rev + 1 WHERE number = $1 RETURNING rev'
export const intoContacts =
  'INSERT INTO contacts (owner, peer, state, greeting, at, remark, contact_group, blocked, hidden, rev)'
export const renewContact = `ON CONFLICT (owner, peer) DO UPDATE
  SET state = excluded.state, greeting = excluded.greeting, at = excluded.at, remark = excluded.remark,
    contact_group = excluded.contact_group, blocked = excluded.blocked, hidden = excluded.hidden, rev = excluded.rev`
export const intoMemberships = `INSERT INTO memberships (owner, conversation, writable, from_seq, read_seq, pinned_at,
    muted, marked, draft, rank, nickname, silenced_until, gone, rev, folded_nickname)`
export const renewMembership = `ON CONFLICT (owner, conversation) DO UPDATE
  SET writable = excluded.writable, from_seq = excluded.from_seq, read_seq = excluded.read_seq,
    pinned_at = excluded.pinned_at, muted = excluded.muted, marked = excluded.marked, draft = excluded.draft,
    rank = excluded.rank, nickname = excluded.nickname, silenced_until = excluded.silenced_until,
    gone = excluded.gone, rev = excluded.rev`
export const intoRequests = 'INSERT INTO group_requests (owner, conversation, number, greeting, state, at, rev)'
export const renewRequest = `ON CONFLICT (owner, conversation, number) DO UPDATE
  SET greeting = excluded.greeting, state = excluded.state, at = excluded.at, rev = excluded.rev`
export const intoSettings = 'INSERT INTO settings (owner, status, contact_groups, rev)'
export const renewSettings = `ON CONFLICT (owner) DO UPDATE
  SET status = excluded.status, contact_groups = excluded.contact_groups, rev = excluded.rev`

const roles = ['owner', 'admin', 'member'] as const
export const roleOf = (rank: number): GroupRole => roles[rank] ?? 'member'
export const rankOf = (role: GroupRole): number => roles.indexOf(role)

export function readContact(row: StoredContact): ContactRow {
  return { ...row, blocked: row.blocked === 1, hidden: row.hidden === 1 }
}

export function readMembership(row: StoredMembership): MembershipRow {
  const { conversation, from_seq, read_seq, pinned_at, draft, rev } = row
  const flags = { writable: row.writable === 1, muted: row.muted === 1, marked: row.marked === 1 }
  const common = { conversation, ...flags, from_seq, read_seq, pinned_at, draft, rev }
  if (row.kind === 'group') {
    const { nickname, silenced_until } = row
    return { kind: 'group', ...common, role: roleOf(row.rank), nickname, silenced_until, left: row.gone === 1 }
  }
  return { kind: 'direct', ...common, peer: row.peer ?? 0, name: row.name ?? '', avatar: row.avatar ?? '' }
}

export function readSettings(row: StoredSettings): SettingsRow {
  return { ...row, contact_groups: JSON.parse(row.contact_groups) as string[] }
}

const bit = (flag: boolean) => (flag ? 1 : 0)

/** What `intoContacts` takes: the change on top of what there was. */
export function contactValues(
  { owner, peer, set }: Extract<RowChange, { row: 'contact' }>,
  before: ContactRow | null,
  rev: number,
) {
  const nobody: ContactFields = {
    state: 'none',
    greeting: '',
    at: 0,
    remark: '',
    group: '',
    blocked: false,
    hidden: false,
  }
  const { state, greeting, at, remark, group, blocked, hidden } = { ...nobody, ...before, ...set }
  return [owner, peer, state, greeting, at, remark, group, bit(blocked), bit(hidden), rev] as const
}

/** What `intoMemberships` takes. @param head of the conversation: whoever comes in has read up to there. */
export function membershipValues(
  { owner, conversation, set }: Extract<RowChange, { row: 'membership' }>,
  before: MembershipRow | null,
  rev: number,
  head: number,
) {
  const nothing: Omit<MembershipFields, 'joins' | 'folded_nickname'> = {
    writable: true,
    pinned_at: 0,
    muted: false,
    marked: false,
    draft: '',
    role: 'member',
    nickname: '',
    silenced_until: 0,
    left: false,
  }
  const { joins, folded_nickname = null, ...fields } = set
  const after = { ...nothing, ...before, ...fields }
  const from_seq = joins === undefined ? (before?.from_seq ?? 0) : joins === 'with_history' ? 0 : head
  const read_seq = joins === undefined ? (before?.read_seq ?? 0) : Math.max(head, before?.read_seq ?? 0)
  return [
    owner,
    conversation,
    bit(after.writable),
    from_seq,
    read_seq,
    after.pinned_at,
    bit(after.muted),
    bit(after.marked),
    after.draft,
    rankOf(after.role),
    after.nickname,
    after.silenced_until,
    bit(after.left),
    rev,
    // Null: as it was.
    folded_nickname,
  ] as const
}

/** What `intoRequests` takes. */
export function requestValues(
  { owner, conversation, number, set }: Extract<RowChange, { row: 'request' }>,
  before: GroupRequestRow | null,
  rev: number,
) {
  const { greeting, state, at } = { greeting: '', state: 'waiting' as const, at: 0, ...before, ...set }
  return [owner, conversation, number, greeting, state, at, rev] as const
}

/** What `intoSettings` takes. */
export function settingsValues(
  { owner, set }: Extract<RowChange, { row: 'settings' }>,
  before: SettingsRow,
  rev: number,
) {
  const { status, contact_groups } = { ...before, ...set }
  return [owner, status, JSON.stringify(contact_groups), rev] as const
}
