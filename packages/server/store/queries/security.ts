/** What both stores ask about second factors and passkeys. */
import type { Passkey } from '../../core/security-ports.ts'

export interface StoredPasskey extends Omit<Passkey, 'transports'> {
  readonly transports: string
}

export const secondFactor = `SELECT secret, step,
    (SELECT count(*) FROM recovery_codes r WHERE r.number = f.number) AS codes
  FROM second_factors f WHERE f.number = +$1`
export const insertFactor = `INSERT INTO second_factors (number, secret, step) VALUES ($1, $2, $3)
  ON CONFLICT (number) DO NOTHING`
export const dropFactor = 'DELETE FROM second_factors WHERE number = $1'
export const takeStep = 'UPDATE second_factors SET step = $1 WHERE number = $2 AND step < $1'
export const insertCode = `INSERT INTO recovery_codes (number, hash) VALUES ($1, $2)`
export const takeCode = 'DELETE FROM recovery_codes WHERE number = $1 AND hash = $2'
export const dropCodes = 'DELETE FROM recovery_codes WHERE number = $1'

const columns = 'passkey, number, name, public_key, counter, transports, created_at, used_at'
export const passkeysOf = `SELECT ${columns} FROM passkeys WHERE number = $1 ORDER BY created_at, passkey`
export const passkeyById = `SELECT ${columns} FROM passkeys WHERE passkey = $1`
export const countPasskeys = 'SELECT count(*) AS count FROM passkeys WHERE number = $1'
export const insertPasskey = `INSERT INTO passkeys (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (passkey) DO NOTHING`
/** Authenticators without a counter say 0 each time. */
export const takeCounter = `UPDATE passkeys SET counter = $1, used_at = $2
  WHERE passkey = $3 AND (counter < $1 OR (counter = 0 AND $1 = 0))`
export const dropPasskey = 'DELETE FROM passkeys WHERE passkey = $1 AND number = $2'
export const dropPasskeys = 'DELETE FROM passkeys WHERE number = $1'

export function readPasskey(row: StoredPasskey): Passkey {
  return { ...row, transports: JSON.parse(row.transports) as string[] }
}
