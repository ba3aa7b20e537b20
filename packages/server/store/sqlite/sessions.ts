/** Devices that are logged in. Of a token only its hash is kept. */
import type { Database } from 'bun:sqlite'
import { ok, refuse } from '@rookery/protocol'
import type { NewSession, Session, SessionStore, StoredSession } from '../../core/ports.ts'

export function sessionReads(
  db: Database,
): Pick<SessionStore, 'findByToken' | 'findLegacy' | 'list' | 'exists' | 'alive'> {
  const columns = 's.session, s.seen_at, a.number, a.name, a.role'
  const tables = 'sessions s JOIN accounts a ON a.number = s.number'
  const byHash = db.query<Session, [Uint8Array]>(`SELECT ${columns} FROM ${tables} WHERE s.hash = +$1`)
  const legacy = db.query<Session, [string, number]>(
    `SELECT ${columns} FROM ${tables} WHERE s.legacy = 1 AND s.device = +$1 AND s.seen_at >= +$2
     ORDER BY s.created_at DESC LIMIT 1`,
  )
  const byNumber = db.query<Omit<StoredSession, 'legacy'> & { legacy: number }, [number]>(
    'SELECT session, device, legacy, created_at, seen_at FROM sessions WHERE number = $1 ORDER BY seen_at DESC, session',
  )
  const exists = db.query<{ found: number }, [string]>('SELECT 1 AS found FROM sessions WHERE session = $1')
  const alive = db.query<{ session: string }, [string]>(
    'SELECT session FROM sessions WHERE session IN (SELECT value FROM json_each($1))',
  )
  return {
    findLegacy: async (device, since) => legacy.get(device, since),
    findByToken: async (hash) => byHash.get(hash),
    list: async (number) => byNumber.all(number).map((row) => ({ ...row, legacy: row.legacy === 1 })),
    exists: async (session) => exists.get(session) !== null,
    alive: async (sessions) => alive.all(JSON.stringify(sessions)).map(({ session }) => session),
  }
}

export function sessionWrites(db: Database) {
  const insert = db.query(
    `INSERT INTO sessions (session, hash, number, device, legacy, created_at, seen_at)
     SELECT $1, $2, number, $3, $4, $5, $5 FROM accounts WHERE number = $6 AND password_hash = $7 AND legacy >= $4`,
  )
  const touch = db.query('UPDATE sessions SET seen_at = max(seen_at, $1) WHERE session = $2')
  const endIdle = db.query('DELETE FROM sessions WHERE legacy = 1 AND seen_at < $1')
  const end = db.query('DELETE FROM sessions WHERE session = $1 AND number = $2')
  return {
    createSession({ session, hash, number, device, legacy, at, password_hash }: NewSession) {
      const { changes } = insert.run(session, hash, device, legacy ? 1 : 0, at, number, password_hash)
      return changes > 0 ? ok(null) : refuse('wrong_credentials')
    },
    touchSession({ session, at }: Parameters<SessionStore['touch']>[0]) {
      touch.run(at, session)
      return ok(null)
    },
    endIdleLegacy(since: number) {
      endIdle.run(since)
      return ok(null)
    },
    endSession({ session, number }: Parameters<SessionStore['end']>[0]) {
      return end.run(session, number).changes > 0 ? ok(null) : refuse('not_found')
    },
  }
}
