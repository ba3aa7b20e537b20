/** The password typed again, before something that a device left open must not give away. */
import { ok, refuse, type Result } from '@rookery/protocol'
import type { Context, User } from './context.ts'

/** The password of somebody who is logged in, counted like that of a log-in. */
export async function provePassword(
  { store, passwords, throttle }: Context,
  { number, address }: User,
  password: string,
): Promise<Result<{ password_hash: string }, 'wrong_password' | 'too_many_requests' | 'unavailable'>> {
  const key = String(number)
  const admitted = await throttle.admit(address, key)
  if (!admitted.ok) return admitted
  const account = await store.accounts.find(number)
  const verified = await passwords.verify(password, account?.password_hash ?? null)
  if (!verified.ok) {
    await throttle.takeBack(address, key)
    return verified
  }
  if (!verified.value || !account?.password_hash) return refuse('wrong_password')
  await throttle.forgive(address, key)
  return ok({ password_hash: account.password_hash })
}
