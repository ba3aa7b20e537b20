/** What an old client may ask before it is logged in. Each request proves itself by a password. */
import type { ErrorCode } from '@rookery/protocol'
import type { Caller, User, Visitor } from '../core/context.ts'
import type { Ask } from './seed-thread.ts'
import type { SeedRequest } from './seed-requests.ts'

type Asked<Kind extends SeedRequest['kind']> = Extract<SeedRequest, { kind: Kind }>

const replies = {
  register: { passwords_differ: '01:02', number_taken: '01:03' },
  change: {
    wrong_old_password: '01:01',
    wrong_credentials: '01:01',
    second_factor: '01:01',
    passwords_differ: '01:02',
    not_found: '01:04',
  },
  logIn: { wrong_credentials: '02:02', second_factor: '02:02', not_found: '02:03' },
} satisfies Record<string, Partial<Record<ErrorCode, string>>>

function replyTo(code: ErrorCode, known: Partial<Record<ErrorCode, string>>): string {
  return known[code] ?? '00:00'
}

export async function register(ask: Ask, { number, password, confirm }: Asked<'register'>): Promise<string> {
  if (number === null) return '00:00'
  const registered = await ask('accounts.register', { number, password, confirm })
  return registered.ok ? '01:01' : replyTo(registered.code, replies.register)
}

/** The session goes on; without one, the old password opens one for just this. */
export async function changePassword(
  visitor: Visitor,
  { number, old, password, confirm }: Asked<'changePassword'>,
  session: { readonly number: number; readonly ask: Ask } | null,
  askAs: (caller: Caller) => Ask,
): Promise<string> {
  if (number === null) return '01:04'
  const change = async (ask: Ask) => {
    const changed = await ask('accounts.changePassword', { old, password, confirm })
    return changed.ok ? '01:03' : replyTo(changed.code, replies.change)
  }
  if (session?.number === number) return change(session.ask)
  const entered = await askAs(visitor)('sessions.logIn', { login: String(number), password: old })
  if (!entered.ok) return replyTo(entered.code, replies.change)
  const ask = askAs({ ...visitor, session: entered.value.session, ...entered.value.me })
  const reply = await change(ask)
  await ask('sessions.logOut', {})
  return reply
}

/** @param device the address and port: the session moves here from wherever else an old client has one. */
export async function logIn(
  visitor: Visitor,
  { number, password }: Asked<'logIn'>,
  device: string,
  askAs: (caller: Caller) => Ask,
): Promise<{ readonly reply: string; readonly user: User | null }> {
  if (number === null) return { reply: '02:03', user: null }
  const entered = await askAs(visitor)('sessions.logIn', { login: String(number), password, device })
  if (!entered.ok) return { reply: replyTo(entered.code, replies.logIn), user: null }
  const { session, me } = entered.value
  const user: User = { ...visitor, session, ...me }
  const moved = await endOthers(askAs(user), session, device)
  return { reply: moved ? '02:04' : '02:01', user }
}

/** Whether an old client of this user was logged in from another socket. */
async function endOthers(ask: Ask, current: string, device: string): Promise<boolean> {
  const listed = await ask('sessions.list', {})
  const others = listed.ok ? listed.value.sessions.filter((row) => row.legacy && row.session !== current) : []
  for (const { session } of others) await ask('sessions.revoke', { session })
  return others.some((row) => row.device !== device)
}
