/** What both stores ask about who is shown to whom, and when people were last there. */

/** Friends of whom neither has blocked the other: `mine` is somebody's own row, `theirs` the other side's. */
const pairs = `contacts mine JOIN contacts theirs ON theirs.owner = mine.peer AND theirs.peer = mine.owner
  WHERE mine.owner = +$1 AND mine.state = 'friend' AND mine.blocked = 0 AND theirs.blocked = 0`

export const shownTo = `SELECT mine.peer FROM ${pairs} AND mine.hidden = 0`
export const statusOf = 'SELECT status FROM settings WHERE owner = $1'
export const seenByAll = `SELECT a.number, coalesce(s.status, 'online') AS status, a.last_seen
  FROM (SELECT mine.peer FROM ${pairs} AND theirs.hidden = 0) p
  JOIN accounts a ON a.number = p.peer LEFT JOIN settings s ON s.owner = p.peer`
/** From the few that somebody hides from, not from the many members: a cross join keeps that order in SQLite. */
export const hidesIn = `SELECT 1 AS found FROM contacts c CROSS JOIN memberships m
  WHERE c.owner = +$1 AND (c.hidden = 1 OR c.blocked = 1) AND m.owner = c.peer AND m.conversation = +$2 AND m.gone = 0
  LIMIT 1`
/** An invisible person was not there. */
export const noteSeen = `UPDATE accounts SET last_seen = $1
  WHERE number = $2 AND last_seen < $1
    AND NOT EXISTS (SELECT 1 FROM settings s WHERE s.owner = accounts.number AND s.status = 'invisible')`
