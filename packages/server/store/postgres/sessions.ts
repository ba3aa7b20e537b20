/** Devices that are logged in. Of a token only its hash is kept. */
import { ok, refuse } from '@rookery/protocol'
import type { NewSession, Session, SessionStore } from '../../core/ports.ts'
import * as sql from '../queries/sessions.ts'
import { readSession, type SessionRow } from '../queries/sessions.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'

type Reads = Pick<SessionStore, 'findByToken' | 'findLegacy' | 'list' | 'exists' | 'alive'>

export function sessionReads(database: Database): Reads {
  return {
    findByToken: async (hash) => (await database.read<Session>(sql.sessionByHash, [hash]))[0] ?? null,
    findLegacy: async (device, since) => (await database.read<Session>(sql.legacySession, [device, since]))[0] ?? null,
    list: async (number) => (await database.read<SessionRow>(sql.sessionsByNumber, [number])).map(readSession),
    exists: async (session) => (await database.read(sql.sessionExists, [session])).length > 0,
    async alive(sessions) {
      const rows = await database.read<{ session: string }>(
        'SELECT session FROM sessions WHERE session = ANY ($1::text[])',
        [sessions],
      )
      return rows.map(({ session }) => session)
    },
  }
}

/** The account is locked against changes of its password: whoever changes it waits, and then ends this session too. */
const insert = `
  INSERT INTO sessions (session, hash, number, device, legacy, created_at, seen_at)
  SELECT $1, $2::bytea, number, $3, $4::integer, $5::bigint, $5::bigint
  FROM (
    SELECT number FROM accounts WHERE number = $6 AND password_hash = $7 AND legacy >= $4::integer FOR SHARE
  ) account
  WHERE $4::integer = 0 OR NOT EXISTS (SELECT 1 FROM second_factors f WHERE f.number = account.number)`

/** In a statement of its own: what is looked at after it is as it is once nobody else changes the account. */
const lockAccount = 'SELECT 1 FROM accounts WHERE number = $1 FOR SHARE'

export async function createSession(connection: Connection, session: NewSession) {
  const { hash, number, device, legacy, at, password_hash } = session
  if (legacy) await connection.query(lockAccount, [number])
  const count = await connection.run(insert, [session.session, hash, device, legacy ? 1 : 0, at, number, password_hash])
  return count > 0 ? ok(null) : refuse('wrong_credentials')
}

export async function endSession(connection: Connection, { session, number }: { session: string; number: number }) {
  return (await connection.run(sql.endSession, [session, number])) > 0 ? ok(null) : refuse('not_found')
}

/** Done again they change nothing more. */
export async function touchSession(connection: Connection, { session, at }: { session: string; at: number }) {
  await connection.run('UPDATE sessions SET seen_at = greatest(seen_at, $1) WHERE session = $2', [at, session])
  return ok(null)
}

export async function endIdleLegacy(connection: Connection, since: number) {
  await connection.run(sql.endIdleSessions, [since])
  return ok(null)
}
