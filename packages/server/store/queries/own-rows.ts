/** What both stores ask about the rows that are somebody's own, and how they write them. */
import type { MembershipRow } from '@rookery/protocol'

export interface StoredMembership extends Omit<MembershipRow, 'writable' | 'kind'> {
  readonly writable: number
}

const contacts = `SELECT c.peer, a.name, c.state, c.greeting, c.at, c.rev
  FROM contacts c JOIN accounts a ON a.number = c.peer`
const memberships = `SELECT m.conversation, a.number AS peer, a.name, m.writable, m.read_seq, m.rev
  FROM memberships m JOIN conversations v ON v.conversation = m.conversation
  JOIN accounts a ON a.number = CASE v.low WHEN m.owner THEN v.high ELSE v.low END`

export const contactOf = `${contacts} WHERE c.owner = +$1 AND c.peer = +$2`
export const contactsAfter = `${contacts} WHERE c.owner = +$1 AND c.rev > +$2 ORDER BY c.rev LIMIT +$3`
export const membershipOf = `${memberships} WHERE m.owner = +$1 AND m.conversation = +$2`
export const membershipsAfter = `${memberships} WHERE m.owner = +$1 AND m.rev > +$2 ORDER BY m.rev LIMIT +$3`

export const countContacts = `SELECT count(*) AS count FROM contacts WHERE owner = $1 AND state IN ('friend', 'outgoing')`
export const friendsOf = `SELECT peer FROM contacts WHERE owner = $1 AND state = 'friend'`

export const takeRev = 'UPDATE accounts SET rev = rev + 1 WHERE number = $1 RETURNING rev'
export const putContact = `INSERT INTO contacts (owner, peer, state, greeting, at, rev) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (owner, peer) DO UPDATE
  SET state = excluded.state, greeting = excluded.greeting, at = excluded.at, rev = excluded.rev`
export const putMembership = `INSERT INTO memberships (owner, conversation, writable, rev) VALUES ($1, $2, $3, $4)
  ON CONFLICT (owner, conversation) DO UPDATE SET writable = excluded.writable, rev = excluded.rev`

export function readMembership(row: StoredMembership): MembershipRow {
  return { ...row, kind: 'direct', writable: row.writable === 1 }
}
