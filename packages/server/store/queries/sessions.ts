/** What both stores ask about sessions. */
import type { StoredSession } from '../../core/ports.ts'

export interface SessionRow extends Omit<StoredSession, 'legacy'> {
  readonly legacy: number
}

const columns = 's.session, s.seen_at, a.number, a.name, a.role'
const tables = 'sessions s JOIN accounts a ON a.number = s.number'

export const sessionByHash = `SELECT ${columns} FROM ${tables} WHERE s.hash = +$1`
export const legacySession = `SELECT ${columns} FROM ${tables}
  WHERE s.legacy = 1 AND s.device = +$1 AND s.seen_at >= +$2 ORDER BY s.created_at DESC LIMIT 1`
export const sessionsByNumber = `SELECT session, device, legacy, created_at, seen_at FROM sessions
  WHERE number = $1 ORDER BY seen_at DESC, session`
export const sessionExists = 'SELECT 1 AS found FROM sessions WHERE session = $1'
export const endIdleSessions = 'DELETE FROM sessions WHERE legacy = 1 AND seen_at < $1'
export const endSession = 'DELETE FROM sessions WHERE session = $1 AND number = $2'

export function readSession(row: SessionRow): StoredSession {
  return { ...row, legacy: row.legacy === 1 }
}
