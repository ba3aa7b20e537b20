/** What both stores ask about groups. */
import type { GroupRow, MemberRow } from '@rookery/protocol'
import { roleOf } from './own-rows.ts'

export interface StoredGroup extends Omit<GroupRow, 'listed' | 'silenced' | 'dissolved'> {
  readonly listed: number
  readonly silenced: number
  readonly dissolved: number
}

export interface StoredMember extends Omit<MemberRow, 'role'> {
  readonly rank: number
}

export const groupOf = `SELECT g.conversation, g.name, g.notice, g.owner, g.members, g.history, g.joining, g.inviting,
    g.listed, v.silenced, g.dissolved, g.version
  FROM groups g JOIN conversations v ON v.conversation = g.conversation WHERE g.conversation = +$1`
export const putGroup = `UPDATE groups
  SET name = $1, folded_name = coalesce($2, folded_name), notice = $3, owner = $4, history = $5,
    joining = $6, inviting = $7, listed = $8, dissolved = $9, version = $10,
    members = (SELECT count(*) FROM memberships WHERE conversation = $11 AND gone = 0)
  WHERE conversation = $11`
export const putSilenced = 'UPDATE conversations SET silenced = $1 WHERE conversation = $2'
export const insertGroup = 'INSERT INTO groups (conversation, name, folded_name, owner) VALUES ($1, $2, $3, $4)'

const members = `SELECT m.owner AS number, a.name, a.avatar, m.nickname, m.rank, m.silenced_until
  FROM memberships m JOIN accounts a ON a.number = m.owner`
export const membersAfter = `${members}
  WHERE m.conversation = +$1 AND m.gone = 0 AND (m.rank > +$2 OR (m.rank = +$2 AND m.owner > +$3))
  ORDER BY m.rank, m.owner LIMIT +$4`
/** Of one person: once in, always known by the name. */
export const memberOf = `SELECT m.owner AS number, a.name, a.avatar,
    CASE m.gone WHEN 0 THEN m.nickname ELSE '' END AS nickname, CASE m.gone WHEN 0 THEN m.rank ELSE 2 END AS rank,
    m.silenced_until
  FROM memberships m JOIN accounts a ON a.number = m.owner WHERE m.conversation = +$1 AND m.owner = +$2`
export const countGroups = `SELECT count(*) AS count FROM memberships m
  JOIN conversations v ON v.conversation = m.conversation WHERE m.owner = +$1 AND m.gone = 0 AND v.kind = 'group'`
export const adminsOf = `SELECT owner FROM memberships
  WHERE conversation = $1 AND gone = 0 AND rank < 2 ORDER BY rank, owner`
export const waitingRequests = `SELECT DISTINCT number, greeting, at FROM group_requests
  WHERE conversation = $1 AND state = 'waiting' AND owner = number ORDER BY at, number`
export const setLink = 'UPDATE groups SET link_hash = $1, link_expires_at = $2 WHERE conversation = $3'
export const groupByLink = `SELECT conversation FROM groups
  WHERE link_hash = $1 AND link_expires_at > $2 AND dissolved = 0`

export function readGroup(row: StoredGroup): GroupRow {
  return { ...row, listed: row.listed === 1, silenced: row.silenced === 1, dissolved: row.dissolved === 1 }
}

export function readMember({ rank, ...row }: StoredMember): MemberRow {
  return { ...row, role: roleOf(rank) }
}
