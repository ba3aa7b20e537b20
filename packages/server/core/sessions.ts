/** Log-in and the devices that it leads to. */
import { LIMITS, ok, refuse, type Answer, type Checked, type Me, type Output, type Result } from '@rookery/protocol'
import { announceEndedSessions } from './announce.ts'
import type { Context, User, Visitor } from './context.ts'
import { foldName } from './names.ts'
import type { Account, Ports, Session } from './ports.ts'
import { proveSecondFactor } from './second-factor.ts'
import { hashSecret, makeSecret } from './secrets.ts'

/** How often at most a session's "last seen" is written, in milliseconds. */
const seenEvery = 60_000

/** By the old protocol, unknown numbers are told from wrong passwords: its clients have a message for each. */
export async function logIn(
  context: Context,
  { address, legacy }: Visitor,
  input: Checked<'sessions.logIn'>,
): Promise<Answer<'sessions.logIn'>> {
  const { throttle, passwords, clock } = context
  const login = foldName(input.login)
  const account = await findAccount(context, login)
  const key = account ? String(account.number) : login
  const admitted = await throttle.admit(address, key)
  if (!admitted.ok) return admitted
  if (admitted.value.delay > 0) await clock.sleep(admitted.value.delay)
  const verified = await passwords.verify(input.password, account?.password_hash ?? null)
  if (!verified.ok) {
    await throttle.takeBack(address, key)
    return verified
  }
  if (!verified.value) return refuse(legacy && !account ? 'not_found' : 'wrong_credentials')
  if (!account?.password_hash) throw new Error('A password matched an account without one.')
  const proved = await proveSecondFactor(context, account.number, legacy ? undefined : input.code)
  if (!proved.ok) {
    // A wrong code stays counted as one. Old clients know none: to them the right password is as good as a wrong one.
    if (proved.code !== 'wrong_code' && !legacy) await throttle.takeBack(address, key)
    return proved
  }
  await throttle.forgive(address, key)
  if (legacy && !account.legacy) return refuse('forbidden')
  return openSession(context, account, account.password_hash, { name: input.device, legacy })
}

/** All digits: a number. Anything else: a user name. */
function findAccount({ store }: Context, login: string): Promise<Account | null> {
  if (!/^\d+$/.test(login)) return store.accounts.findByHandle(login)
  const number = Number(login)
  return number <= LIMITS.lastNumber ? store.accounts.find(number) : Promise.resolve(null)
}

/** A new session for somebody who has proved who they are, by the password of that hash. */
export async function openSession(
  { store, randomBytes, clock }: Ports,
  { number, name, role }: Me,
  password_hash: string,
  device: { readonly name: string; readonly legacy: boolean },
): Promise<Result<Output<'sessions.logIn'>>> {
  const { secret, hash } = makeSecret({ randomBytes })
  const session = Buffer.from(randomBytes(12)).toString('base64url')
  const created = await store.sessions.create({
    session,
    hash,
    number,
    password_hash,
    device: device.name,
    legacy: device.legacy,
    at: clock.now(),
  })
  return created.ok ? ok({ token: secret, session, me: { number, name, role } }) : created
}

/** The session that a token stands for, or null. */
export async function findSession({ store, clock }: Ports, token: string): Promise<Session | null> {
  const found = await store.sessions.findByToken(hashSecret(token))
  const now = clock.now()
  if (found && now - found.seen_at > seenEvery) await store.sessions.touch({ session: found.session, at: now })
  return found
}

/** How long a legacy session lasts without a request, in milliseconds. */
const legacyLifetime = 12 * 3_600_000

/** The legacy session of an address and port: it outlives a restart of the server, as old clients cannot log in twice. */
export async function findLegacySession({ store, clock }: Ports, device: string): Promise<Session | null> {
  const now = clock.now()
  const found = await store.sessions.findLegacy(device, now - legacyLifetime)
  if (found && now - found.seen_at > seenEvery) await store.sessions.touch({ session: found.session, at: now })
  return found
}

export async function endIdleLegacySessions({ store, clock }: Ports): Promise<void> {
  await store.sessions.endIdleLegacy(clock.now() - legacyLifetime)
}

export async function resume(
  context: Context,
  _: Visitor,
  { token }: Checked<'sessions.resume'>,
): Promise<Answer<'sessions.resume'>> {
  const found = await findSession(context, token)
  if (!found) return refuse('unauthenticated')
  const { session, number, name, role } = found
  return ok({ session, me: { number, name, role } })
}

export async function readCurrent(
  _: Context,
  { session, number, name, role }: User,
): Promise<Answer<'sessions.current'>> {
  return ok({ session, me: { number, name, role } })
}

export async function logOut(context: Context, { number, session, socket }: User): Promise<Answer<'sessions.logOut'>> {
  const ended = await context.store.sessions.end({ session, number })
  if (!ended.ok) return ended
  announceEndedSessions(context, number, [session], socket)
  return ok({})
}

export async function listSessions(
  { store, presence }: Context,
  { number, session }: User,
): Promise<Answer<'sessions.list'>> {
  const sessions = await store.sessions.list(number)
  const connected = await presence.findConnected(sessions.map((row) => row.session))
  return ok({
    sessions: sessions.map((row) => ({
      ...row,
      current: row.session === session,
      online: connected.has(row.session),
    })),
  })
}

export async function revoke(
  context: Context,
  { number }: User,
  { session }: Checked<'sessions.revoke'>,
): Promise<Answer<'sessions.revoke'>> {
  const ended = await context.store.sessions.end({ session, number })
  if (!ended.ok) return ended
  announceEndedSessions(context, number, [session])
  return ok({})
}
