/** What both stores ask about accounts and tickets. */
import type { Account } from '../../core/ports.ts'

export interface StoredAccount extends Omit<Account, 'legacy'> {
  readonly legacy: number
}

const columns = 'number, name, signature, avatar, role, password_hash, legacy'

export const accountByNumber = `SELECT ${columns} FROM accounts WHERE number = $1`
export const accountByHandle = `SELECT ${columns} FROM accounts WHERE handle = $1`
export const anyAdmin = `SELECT 1 AS found FROM accounts WHERE role = 'admin' LIMIT 1`
export const liveTicket = 'SELECT kind, number, expires_at FROM tickets WHERE hash = $1 AND expires_at > $2'

export const takenNames = 'SELECT number, handle FROM accounts WHERE number = $1 OR handle = $2'
export const nextNumber = `SELECT value FROM meta WHERE key = 'next_number'`
export const rememberNextNumber = `INSERT INTO meta (key, value) VALUES ('next_number', $1)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`
export const insertAccount = `INSERT INTO accounts (number, name, folded_name, handle, password_hash, role, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`
export const useTicket = 'DELETE FROM tickets WHERE hash = $1 AND kind = $2 AND expires_at > $3 RETURNING number'
export const setHash = 'UPDATE accounts SET password_hash = $1 WHERE number = $2'
export const changeHash = 'UPDATE accounts SET password_hash = $1 WHERE number = $2 AND password_hash = $3'
export const endOtherSessions =
  'DELETE FROM sessions WHERE number = $1 AND session IS DISTINCT FROM $2 RETURNING session'
export const setLegacy = 'UPDATE accounts SET legacy = $1 WHERE number = $2'
export const endLegacySessions = 'DELETE FROM sessions WHERE number = $1 AND legacy = 1 RETURNING session'
export const insertTicket = 'INSERT INTO tickets (hash, kind, number, expires_at) VALUES ($1, $2, $3, $4)'
export const dropTickets = 'DELETE FROM tickets WHERE kind = $1'

export function readAccount(row: StoredAccount | null): Account | null {
  return row && { ...row, legacy: row.legacy === 1 }
}
