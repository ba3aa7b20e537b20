/** Signing up, claiming a made account, making one for somebody, changing the password. */
import { LIMITS, ok, refuse, type Answer, type Checked, type Refusal, type Result, type Role } from '@rookery/protocol'
import { announceEndedSessions } from './announce.ts'
import type { Context, User, Visitor } from './context.ts'
import { foldName } from './names.ts'
import { provePassword } from './password-proof.ts'
import type { NewAccount } from './ports.ts'
import { hashSecret } from './secrets.ts'
import { openSession } from './sessions.ts'
import { makeTicket, readTicket } from './tickets.ts'

export async function signUp(
  context: Context,
  visitor: Visitor,
  input: Checked<'accounts.signUp'>,
): Promise<Answer<'accounts.signUp'>> {
  const { store, passwords, clock } = context
  const chosen = checkNewPassword(visitor, input)
  if (!chosen.ok) return chosen
  const admitted = await admitSignUp(context, input.ticket)
  if (!admitted.ok) return admitted
  const handle = foldName(input.name)
  // Before the costly hash: the answer is the same as the store's own, which decides.
  if (await store.accounts.findByHandle(handle)) return refuse('name_taken')
  const hashed = await passwords.hash(input.password)
  if (!hashed.ok) return hashed
  const { role, ticket } = admitted
  const { name } = input
  const created = await store.accounts.create({
    ...describeAccount(name, hashed.value, clock.now()),
    handle,
    role,
    ticket,
  })
  if (!created.ok) return created
  if (role === 'admin') await store.accounts.dropTickets('admin')
  const me = { number: created.value.number, name, role }
  return openSession(context, me, hashed.value, { name: input.device, legacy: false })
}

/** The old campus let people choose any password, and its clients have no words for a refusal. */
function checkNewPassword(
  { legacy }: Visitor,
  { password, confirm }: { readonly password: string; readonly confirm: string },
): Result<null, 'passwords_differ' | 'weak_password'> {
  if (password !== confirm) return refuse('passwords_differ')
  return legacy || password.length >= LIMITS.passwordMinLength ? ok(null) : refuse('weak_password')
}

/** A ticket opens the door whatever the policy; without one it must be open. */
async function admitSignUp(
  context: Context,
  secret: string | undefined,
): Promise<Refusal | { ok: true; role: Role; ticket: NewAccount['ticket'] }> {
  if (secret === undefined) {
    return context.policy.registration === 'open'
      ? { ok: true, role: 'member', ticket: null }
      : refuse('registration_closed')
  }
  const hash = hashSecret(secret)
  const ticket = await context.store.accounts.findTicket(hash, context.clock.now())
  if (!ticket || ticket.kind === 'claim') return refuse('ticket_invalid')
  if (ticket.kind === 'admin' && (await context.store.accounts.hasAdmin())) return refuse('ticket_invalid')
  return { ok: true, role: ticket.kind === 'admin' ? 'admin' : 'member', ticket: { hash, kind: ticket.kind } }
}

/** A number of one's own, with a name that says no more than it. */
export async function register(
  { store, passwords, clock, policy }: Context,
  visitor: Visitor,
  input: Checked<'accounts.register'>,
): Promise<Answer<'accounts.register'>> {
  const { number, password } = input
  const chosen = checkNewPassword(visitor, input)
  if (!chosen.ok) return chosen
  if (policy.registration !== 'open') return refuse('registration_closed')
  if (await store.accounts.find(number)) return refuse('number_taken')
  const hashed = await passwords.hash(password)
  if (!hashed.ok) return hashed
  return store.accounts.create({ ...describeAccount(`No. ${number}`, hashed.value, clock.now()), number })
}

/** A member with the next free number, without a user name to log in with. */
function describeAccount(name: string, password_hash: string | null, at: number): NewAccount {
  return {
    number: null,
    name,
    folded_name: foldName(name),
    handle: null,
    password_hash,
    role: 'member',
    at,
    ticket: null,
  }
}

export async function readSettings({ store }: Context, { number }: User): Promise<Answer<'accounts.readSettings'>> {
  const account = await store.accounts.find(number)
  if (!account) throw new Error('A logged-in account vanished.')
  return ok({ legacy: account.legacy })
}

export async function allowLegacy(
  context: Context,
  { number }: User,
  { legacy }: Checked<'accounts.allowLegacy'>,
): Promise<Answer<'accounts.allowLegacy'>> {
  const allowed = await context.store.accounts.allowLegacy({ number, legacy })
  if (!allowed.ok) return allowed
  announceEndedSessions(context, number, allowed.value.ended)
  return ok({ legacy })
}

export async function claim(
  context: Context,
  visitor: Visitor,
  input: Checked<'accounts.claim'>,
): Promise<Answer<'accounts.claim'>> {
  const { store, passwords, clock } = context
  const chosen = checkNewPassword(visitor, input)
  if (!chosen.ok) return chosen
  const ticket = await readTicket(context, visitor, input)
  if (!ticket.ok) return ticket
  const hashed = await passwords.hash(input.password)
  if (!hashed.ok) return hashed
  const claimed = await store.accounts.claim({
    hash: hashSecret(input.ticket),
    password_hash: hashed.value,
    at: clock.now(),
  })
  if (!claimed.ok) return claimed
  const account = await store.accounts.find(claimed.value.number)
  if (!account) throw new Error('A claimed account vanished.')
  return openSession(context, account, hashed.value, { name: input.device, legacy: false })
}

/**
 * The name is what others see; it is also the user name to log in with where no earlier account has it. Several
 * people of one name are common in a directory: the later ones log in by number.
 */
export async function create(
  context: Context,
  admin: User,
  input: Checked<'accounts.create'>,
): Promise<Answer<'accounts.create'>> {
  const { store, passwords, clock } = context
  const { password } = input
  if (password !== undefined) {
    const chosen = checkNewPassword(admin, { password, confirm: password })
    if (!chosen.ok) return chosen
  }
  const hashed = password === undefined ? ok(null) : await passwords.hash(password)
  if (!hashed.ok) return hashed
  const account = { ...describeAccount(input.name, hashed.value, clock.now()), number: input.number ?? null }
  const first = await store.accounts.create({ ...account, handle: account.folded_name })
  const created = !first.ok && first.code === 'name_taken' ? await store.accounts.create(account) : first
  if (!created.ok) return created
  const { number } = created.value
  if (hashed.value !== null) return ok({ number })
  const ticket = await makeTicket(context, 'claim', number)
  return ticket.ok ? ok({ number, ticket: ticket.value.ticket }) : ticket
}

export async function changePassword(
  context: Context,
  user: User,
  input: Checked<'accounts.changePassword'>,
): Promise<Answer<'accounts.changePassword'>> {
  const { store, passwords } = context
  const chosen = checkNewPassword(user, input)
  if (!chosen.ok) return chosen
  const { number, session } = user
  const proved = await provePassword(context, user, input.old)
  if (!proved.ok) return proved.code === 'wrong_password' ? refuse('wrong_old_password') : proved
  const hashed = await passwords.hash(input.password)
  if (!hashed.ok) return hashed
  const changed = await store.accounts.setPassword({
    number,
    before: proved.value.password_hash,
    password_hash: hashed.value,
    keep: session,
  })
  if (!changed.ok) return changed
  announceEndedSessions(context, number, changed.value.ended)
  return ok({ signed_out: changed.value.ended.length })
}
