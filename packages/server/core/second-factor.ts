/** The second factor: a code besides the password, from an authenticator app or from the recovery codes. */
import { ok, refuse, type Answer, type Checked, type Result } from '@rookery/protocol'
import { announceEndedSessions } from './announce.ts'
import type { Context, User } from './context.ts'
import { findStep, fromBase32, hashRecoveryCode, makeRecoveryCodes, readCode, toBase32 } from './one-time-codes.ts'
import { provePassword } from './password-proof.ts'
import type { SecondFactor } from './security-ports.ts'

export async function readSecurity({ store }: Context, { number }: User): Promise<Answer<'security.read'>> {
  const [factor, passkeys] = await Promise.all([store.security.secondFactor(number), store.security.passkeys(number)])
  return ok({
    second_factor: factor !== null,
    recovery_codes: factor?.codes ?? 0,
    passkeys: passkeys.map(({ passkey, name, created_at, used_at }) => ({ passkey, name, created_at, used_at })),
  })
}

/** The address that an app reads from a QR code (Key URI Format). */
export async function draft({ randomBytes }: Context, { number }: User): Promise<Answer<'security.draft'>> {
  const secret = toBase32(randomBytes(20))
  return ok({ secret, url: `otpauth://totp/Rookery:${number}?secret=${secret}&issuer=Rookery` })
}

export async function enable(
  context: Context,
  user: User,
  { password, secret: text, code }: Checked<'security.enable'>,
): Promise<Answer<'security.enable'>> {
  const { store, clock } = context
  const { number } = user
  const proved = await provePassword(context, user, password)
  if (!proved.ok) return proved
  const secret = fromBase32(text)
  const step = findStep(secret, readCode(code).code, clock.now(), 0)
  if (step === null) return refuse('wrong_code')
  const recovery_codes = makeRecoveryCodes(context)
  const enabled = await store.security.enable({ number, secret, step, codes: recovery_codes.map(hashRecoveryCode) })
  if (!enabled.ok) return enabled
  announceEndedSessions(context, number, enabled.value.ended)
  return ok({ recovery_codes })
}

export async function disable(
  context: Context,
  user: User,
  input: Checked<'security.disable'>,
): Promise<Answer<'security.disable'>> {
  const proved = await proveBoth(context, user, input)
  if (!proved.ok) return proved
  const disabled = await context.store.security.disable(user.number)
  return disabled.ok ? ok({}) : disabled
}

export async function renewCodes(
  context: Context,
  user: User,
  input: Checked<'security.renewCodes'>,
): Promise<Answer<'security.renewCodes'>> {
  const { number } = user
  const proved = await proveBoth(context, user, input)
  if (!proved.ok) return proved
  const recovery_codes = makeRecoveryCodes(context)
  const codes = recovery_codes.map(hashRecoveryCode)
  const replaced = await context.store.security.replaceRecoveryCodes({ number, codes })
  return replaced.ok ? ok({ recovery_codes }) : replaced
}

/** For somebody who has lost the telephone and the recovery codes: the password alone opens the account again. */
export async function reset(
  { store }: Context,
  _: User,
  { number, passkeys }: Checked<'security.reset'>,
): Promise<Answer<'security.reset'>> {
  if (!(await store.accounts.find(number))) return refuse('not_found')
  const disabled = await store.security.disable(number)
  if (!disabled.ok && disabled.code !== 'not_found') return disabled
  if (!passkeys) return ok({ second_factor: disabled.ok, passkeys: 0 })
  const removed = await store.security.removePasskeys(number)
  return removed.ok ? ok({ second_factor: disabled.ok, passkeys: removed.value.removed }) : removed
}

async function proveBoth(
  context: Context,
  user: User,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<Result<null>> {
  const factor = await context.store.security.secondFactor(user.number)
  if (!factor) return refuse('not_found')
  const proved = await provePassword(context, user, password)
  return proved.ok ? useCode(context, user.number, factor, code) : proved
}

/** What a log-in still has to show after the right password. */
export async function proveSecondFactor(
  context: Context,
  number: number,
  code: string | undefined,
): Promise<Result<null>> {
  const factor = await context.store.security.secondFactor(number)
  if (!factor) return ok(null)
  return code === undefined ? refuse('second_factor') : useCode(context, number, factor, code)
}

const minute = 60_000
const hour = 3_600_000
/** Wrong codes of one account before it must wait, a minute at first. */
const tries = 10

/** Uses a code up. Counted before it is looked at, so that many at once count as many. */
async function useCode(context: Context, number: number, factor: SecondFactor, typed: string): Promise<Result<null>> {
  const { store, clock } = context
  const now = clock.now()
  const key = `code ${number}`
  // Whoever comes this far knows the password: so these tries may be held back for everybody, whatever the address.
  const waits = await store.tallies.change([key], now, ([tally = null]) => {
    if (tally && tally.until > now) return { value: tally.until - now, tallies: [tally] }
    const failures = (tally?.failures ?? 0) + 1
    const over = failures - tries
    const until = over >= 0 ? now + Math.min(hour, minute * 2 ** Math.min(over, 16)) : 0
    return { value: 0, tallies: [{ failures, until, expires: Math.max(until, now) + hour }] }
  })
  if (!waits.ok) return waits
  if (waits.value > 0) return refuse('too_many_requests', waits.value)
  const used = await spend(context, number, factor, typed)
  if (used.ok) await store.tallies.change([key], now, () => ({ value: null, tallies: [null] }))
  return used
}

async function spend(
  { store, clock }: Context,
  number: number,
  { secret, step: used }: SecondFactor,
  typed: string,
): Promise<Result<null>> {
  const { kind, code } = readCode(typed)
  if (kind === 'recovery') return store.security.useRecoveryCode({ number, hash: hashRecoveryCode(code) })
  const step = findStep(secret, code, clock.now(), used)
  return step === null ? refuse('wrong_code') : store.security.useStep({ number, step })
}
