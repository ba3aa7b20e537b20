/** Second factors, their recovery codes, and passkeys. */
import type { Database } from 'bun:sqlite'
import { ok, refuse } from '@rookery/protocol'
import type { SecondFactor, SecurityStore } from '../../core/security-ports.ts'
import { endLegacySessions } from '../queries/accounts.ts'
import * as sql from '../queries/security.ts'
import { readPasskey, type StoredPasskey } from '../queries/security.ts'

type Given<Name extends keyof SecurityStore> = Parameters<SecurityStore[Name]>[0]

export function securityReads(db: Database): Pick<SecurityStore, 'secondFactor' | 'passkeys' | 'findPasskey'> {
  const factor = db.query<SecondFactor, [number]>(sql.secondFactor)
  const byNumber = db.query<StoredPasskey, [number]>(sql.passkeysOf)
  const byId = db.query<StoredPasskey, [string]>(sql.passkeyById)
  return {
    secondFactor: async (number) => factor.get(number),
    passkeys: async (number) => byNumber.all(number).map(readPasskey),
    async findPasskey(passkey) {
      const row = byId.get(passkey)
      return row && readPasskey(row)
    },
  }
}

export function securityWrites(db: Database) {
  const insertFactor = db.query(sql.insertFactor)
  const dropFactor = db.query(sql.dropFactor)
  const takeStep = db.query(sql.takeStep)
  const insertCode = db.query(sql.insertCode)
  const takeCode = db.query(sql.takeCode)
  const dropCodes = db.query(sql.dropCodes)
  const endLegacy = db.query<{ session: string }, [number]>(endLegacySessions)
  const factor = db.query<SecondFactor, [number]>(sql.secondFactor)
  const count = db.query<{ count: number }, [number]>(sql.countPasskeys)
  const byId = db.query<StoredPasskey, [string]>(sql.passkeyById)
  const insertPasskey = db.query(sql.insertPasskey)
  const takeCounter = db.query(sql.takeCounter)
  const dropPasskey = db.query(sql.dropPasskey)
  const dropPasskeys = db.query(sql.dropPasskeys)

  function putCodes(number: number, codes: readonly Uint8Array[]): void {
    dropCodes.run(number)
    for (const hash of codes) insertCode.run(number, hash)
  }

  return {
    enableFactor({ number, secret, step, codes }: Given<'enable'>) {
      if (insertFactor.run(number, secret, step).changes === 0) return refuse('second_factor_on')
      putCodes(number, codes)
      return ok({ ended: endLegacy.all(number).map(({ session }) => session) })
    },
    disableFactor(number: number) {
      if (dropFactor.run(number).changes === 0) return refuse('not_found')
      dropCodes.run(number)
      return ok(null)
    },
    useStep({ number, step }: Given<'useStep'>) {
      return takeStep.run(step, number).changes > 0 ? ok(null) : refuse('wrong_code')
    },
    useRecoveryCode({ number, hash }: Given<'useRecoveryCode'>) {
      return takeCode.run(number, hash).changes > 0 ? ok(null) : refuse('wrong_code')
    },
    replaceRecoveryCodes({ number, codes }: Given<'replaceRecoveryCodes'>) {
      if (!factor.get(number)) return refuse('not_found')
      putCodes(number, codes)
      return ok(null)
    },
    addPasskey({ passkey: added, most }: Given<'addPasskey'>) {
      const { passkey, number, name, public_key, counter, transports, created_at, used_at } = added
      if (byId.get(passkey)) return refuse('passkey_refused')
      if ((count.get(number)?.count ?? 0) >= most) return refuse('too_many_passkeys')
      const list = JSON.stringify(transports)
      insertPasskey.run(passkey, number, name, public_key, counter, list, created_at, used_at)
      return ok(null)
    },
    usePasskey({ passkey, counter, at }: Given<'usePasskey'>) {
      return takeCounter.run(counter, at, passkey).changes > 0 ? ok(null) : refuse('passkey_refused')
    },
    removePasskey({ number, passkey }: Given<'removePasskey'>) {
      return dropPasskey.run(passkey, number).changes > 0 ? ok(null) : refuse('not_found')
    },
    removePasskeys: (number: number) => ok({ removed: dropPasskeys.run(number).changes }),
  }
}
