/** Who is using this page: found at the start, changed by log-in, sign-up, log-out and being signed out elsewhere. */
import { callOnce, connect, type Client } from '@rookery/client'
import type { Answer, ErrorCode, Me, Refusal } from '@rookery/protocol'
import { createStore, type Store } from '../ui/store.ts'
import { deviceName } from './device-name.ts'
import { onNextFrame } from './on-next-frame.ts'

export type Session =
  | { readonly kind: 'starting' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'anonymous'; readonly signedOut: boolean }
  /** `isNew` until the person has seen the number that was given. */
  | { readonly kind: 'active'; readonly client: Client; readonly me: Me; readonly isNew: boolean }

type LogInOperation = 'sessions.logIn' | 'accounts.signUp' | 'accounts.claim'

const here = location.origin
const inBrowser = { cookie: true } as const
const session: Store<Session> = createStore<Session>({ kind: 'starting' })

export const sessionState = session.state
export const subscribeSession = session.subscribe

/** Goes on with the session that the browser's cookie speaks for, if there is one. */
export async function resumeSession(): Promise<void> {
  const answer = await callOnce(here, 'sessions.current', {}, inBrowser)
  if (answer.ok) begin(answer.value.me, false)
  else if (answer.code === 'unauthenticated') session.set({ kind: 'anonymous', signedOut: false })
  else session.set({ kind: 'unreachable' })
}

/** Null when logged in. */
export async function logIn(login: string, password: string): Promise<Refusal | null> {
  return enter(await callOnce(here, 'sessions.logIn', { login, password, device: thisDevice() }, inBrowser), false)
}

export async function signUp(
  name: string,
  password: string,
  confirm: string,
  ticket: string | null,
): Promise<Refusal | null> {
  const input = { name, password, confirm, device: thisDevice(), ...(ticket !== null && { ticket }) }
  return enter(await callOnce(here, 'accounts.signUp', input, inBrowser), true)
}

/** Takes over an account that an administrator made. */
export async function claimAccount(password: string, confirm: string, ticket: string): Promise<Refusal | null> {
  const input = { password, confirm, ticket, device: thisDevice() }
  return enter(await callOnce(here, 'accounts.claim', input, inBrowser), true)
}

export function welcomeSeen(): void {
  const current = session.state()
  if (current.kind === 'active') session.set({ ...current, isNew: false })
}

/** Ends the session on the server too; what went wrong if that was not possible, and then the session goes on. */
export async function logOut(): Promise<ErrorCode | null> {
  const answer = await callOnce(here, 'sessions.logOut', {}, inBrowser)
  if (!answer.ok && answer.code !== 'unauthenticated') return answer.code
  end(false)
  return null
}

function enter(answer: Answer<LogInOperation>, isNew: boolean): Refusal | null {
  if (!answer.ok) return answer
  begin(answer.value.me, isNew)
  return null
}

function begin(me: Me, isNew: boolean): void {
  const client = connect({ url: here, schedule: onNextFrame })
  client.subscribe(() => {
    const { connection } = client.state()
    const current = session.state()
    if (connection.kind === 'ended' && current.kind === 'active' && current.client === client) end(true)
  })
  session.set({ kind: 'active', client, me, isNew })
}

function end(signedOut: boolean): void {
  const current = session.state()
  session.set({ kind: 'anonymous', signedOut })
  if (current.kind === 'active') current.client.close()
}

function thisDevice(): string {
  return deviceName(navigator.userAgent)
}
