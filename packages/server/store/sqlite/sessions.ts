/** Devices that are logged in. Of a token only its hash is kept. */
import type { Database } from 'bun:sqlite'
import { ok, refuse } from '@rookery/protocol'
import type { NewSession, Session, SessionStore } from '../../core/ports.ts'
import * as sql from '../queries/sessions.ts'
import { readSession, type SessionRow } from '../queries/sessions.ts'

export function sessionReads(
  db: Database,
): Pick<SessionStore, 'findByToken' | 'findLegacy' | 'list' | 'exists' | 'alive'> {
  const byHash = db.query<Session, [Uint8Array]>(sql.sessionByHash)
  const legacy = db.query<Session, [string, number]>(sql.legacySession)
  const byNumber = db.query<SessionRow, [number]>(sql.sessionsByNumber)
  const exists = db.query<{ found: number }, [string]>(sql.sessionExists)
  const alive = db.query<{ session: string }, [string]>(
    'SELECT session FROM sessions WHERE session IN (SELECT value FROM json_each($1))',
  )
  return {
    findLegacy: async (device, since) => legacy.get(device, since),
    findByToken: async (hash) => byHash.get(hash),
    list: async (number) => byNumber.all(number).map(readSession),
    exists: async (session) => exists.get(session) !== null,
    alive: async (sessions) => alive.all(JSON.stringify(sessions)).map(({ session }) => session),
  }
}

export function sessionWrites(db: Database) {
  const insert = db.query(
    `INSERT INTO sessions (session, hash, number, device, legacy, created_at, seen_at)
     SELECT $1, $2, number, $3, $4, $5, $5 FROM accounts
     WHERE number = $6 AND password_hash = $7 AND legacy >= $4
       AND ($4 = 0 OR NOT EXISTS (SELECT 1 FROM second_factors f WHERE f.number = accounts.number))`,
  )
  const touch = db.query('UPDATE sessions SET seen_at = max(seen_at, $1) WHERE session = $2')
  const endIdle = db.query(sql.endIdleSessions)
  const end = db.query(sql.endSession)
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
