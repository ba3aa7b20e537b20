/** Second factors, their recovery codes, and passkeys. */
import { ok, refuse } from '@rookery/protocol'
import type { SecondFactor, SecurityStore } from '../../core/security-ports.ts'
import { endLegacySessions } from '../queries/accounts.ts'
import * as sql from '../queries/security.ts'
import { readPasskey, type StoredPasskey } from '../queries/security.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'

type Given<Name extends keyof SecurityStore> = Parameters<SecurityStore[Name]>[0]

export function securityReads(database: Database): Pick<SecurityStore, 'secondFactor' | 'passkeys' | 'findPasskey'> {
  return {
    secondFactor: async (number) => (await database.read<SecondFactor>(sql.secondFactor, [number]))[0] ?? null,
    passkeys: async (number) => (await database.read<StoredPasskey>(sql.passkeysOf, [number])).map(readPasskey),
    async findPasskey(passkey) {
      const [row] = await database.read<StoredPasskey>(sql.passkeyById, [passkey])
      return row ? readPasskey(row) : null
    },
  }
}

/** Whatever is counted or replaced of an account is done by one at a time. */
const lockAccount = 'SELECT 1 FROM accounts WHERE number = $1 FOR UPDATE'

async function putCodes(connection: Connection, number: number, codes: readonly Uint8Array[]): Promise<void> {
  await connection.run(sql.dropCodes, [number])
  for (const hash of codes) await connection.run(sql.insertCode, [number, hash])
}

export async function enableFactor(connection: Connection, { number, secret, step, codes }: Given<'enable'>) {
  await connection.query(lockAccount, [number])
  if ((await connection.run(sql.insertFactor, [number, secret, step])) === 0) return refuse('second_factor_on')
  await putCodes(connection, number, codes)
  const ended = await connection.query<{ session: string }>(endLegacySessions, [number])
  return ok({ ended: ended.map(({ session }) => session) })
}

export async function disableFactor(connection: Connection, number: number) {
  await connection.query(lockAccount, [number])
  if ((await connection.run(sql.dropFactor, [number])) === 0) return refuse('not_found')
  await connection.run(sql.dropCodes, [number])
  return ok(null)
}

export async function useStep(connection: Connection, { number, step }: Given<'useStep'>) {
  return (await connection.run(sql.takeStep, [step, number])) > 0 ? ok(null) : refuse('wrong_code')
}

export async function useRecoveryCode(connection: Connection, { number, hash }: Given<'useRecoveryCode'>) {
  return (await connection.run(sql.takeCode, [number, hash])) > 0 ? ok(null) : refuse('wrong_code')
}

export async function replaceRecoveryCodes(connection: Connection, { number, codes }: Given<'replaceRecoveryCodes'>) {
  await connection.query(lockAccount, [number])
  if ((await connection.query(sql.secondFactor, [number])).length === 0) return refuse('not_found')
  await putCodes(connection, number, codes)
  return ok(null)
}

export async function addPasskey(connection: Connection, { passkey: added, most }: Given<'addPasskey'>) {
  const { passkey, number, name, public_key, counter, transports, created_at, used_at } = added
  await connection.query(lockAccount, [number])
  if ((await connection.query(sql.passkeyById, [passkey])).length > 0) return refuse('passkey_refused')
  const [held] = await connection.query<{ count: number }>(sql.countPasskeys, [number])
  if ((held?.count ?? 0) >= most) return refuse('too_many_passkeys')
  const list = JSON.stringify(transports)
  const values = [passkey, number, name, public_key, counter, list, created_at, used_at]
  // Another account may have taken it at this moment.
  return (await connection.run(sql.insertPasskey, values)) > 0 ? ok(null) : refuse('passkey_refused')
}

export async function usePasskey(connection: Connection, { passkey, counter, at }: Given<'usePasskey'>) {
  return (await connection.run(sql.takeCounter, [counter, at, passkey])) > 0 ? ok(null) : refuse('passkey_refused')
}

export async function removePasskey(connection: Connection, { number, passkey }: Given<'removePasskey'>) {
  return (await connection.run(sql.dropPasskey, [passkey, number])) > 0 ? ok(null) : refuse('not_found')
}

export async function removePasskeys(connection: Connection, number: number) {
  return ok({ removed: await connection.run(sql.dropPasskeys, [number]) })
}
