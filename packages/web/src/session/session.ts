/**
 * Who is using this page: remembered from the last time, changed by log-in, sign-up, log-out and being signed out
 * elsewhere. Whether the session still holds, the connection itself finds out; until then the page shows what it has.
 */
import { callOnce, forgetDevice, type Client } from '@rookery/client'
import type { Answer, ErrorCode, Me, Refusal } from '@rookery/protocol'
import { forgetDrafts } from '../messages/draft-store.ts'
import { usePasskey } from '../security/passkey-browser.ts'
import { createStore, type Store } from '../ui/store.ts'
import { deviceName } from './device-name.ts'
import { openClient } from './open-client.ts'
import { forgetMe, rememberedMe, rememberMe } from './remembered.ts'
import { noteRest } from '../presence/note-rest.ts'
import { stayAwake } from './stay-awake.ts'

export type Session =
  | { readonly kind: 'starting' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'anonymous'; readonly signedOut: boolean }
  /** `isNew` until the person has seen the number that was given. */
  | Active

interface Active {
  readonly kind: 'active'
  readonly client: Client
  readonly me: Me
  readonly isNew: boolean
}

type LogInOperation = 'sessions.logIn' | 'sessions.logInByPasskey' | 'accounts.signUp' | 'accounts.claim'

const here = location.origin
const inBrowser = { cookie: true } as const
const session: Store<Session> = createStore<Session>({ kind: 'starting' })
let rest = () => {}

export const sessionState = session.state
export const subscribeSession = session.subscribe

/** Goes on as whoever was here last; only where nobody is remembered, the server is asked whom the cookie speaks for. */
export async function resumeSession(): Promise<void> {
  const me = rememberedMe()
  if (me !== null) return begin(me, false)
  const answer = await askWho()
  if (answer.ok) begin(answer.value.me, false)
  else if (answer.code === 'unauthenticated') session.set({ kind: 'anonymous', signedOut: false })
  else session.set({ kind: 'unreachable' })
}

/** Null when logged in. @param code of the second factor, once it was asked for. */
export async function logIn(login: string, password: string, code: string | null): Promise<Refusal | null> {
  const input = { login, password, device: thisDevice(), ...(code !== null && { code }) }
  return enter(await callOnce(here, 'sessions.logIn', input, inBrowser), false)
}

/** Null when logged in; `cancelled` where the browser, or the person at it, did not go on. */
export async function logInByPasskey(): Promise<Refusal | 'cancelled' | null> {
  const asked = await callOnce(here, 'passkeys.challenge', {}, inBrowser)
  if (!asked.ok) return asked
  const credential = await usePasskey(asked.value)
  if (credential === 'cancelled') return credential
  const input = { credential, device: thisDevice() }
  return enter(await callOnce(here, 'sessions.logInByPasskey', input, inBrowser), false)
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

/**
 * Ends the session on the server too, and deletes what this device kept of it, also what was never sent. What went
 * wrong if that was not possible, and then the session goes on.
 */
export async function logOut(): Promise<ErrorCode | null> {
  const current = session.state()
  const answer = await callOnce(here, 'sessions.logOut', {}, inBrowser)
  if (!answer.ok && answer.code !== 'unauthenticated') return answer.code
  if (current.kind !== 'active') return null
  const { number } = current.me
  leave(current, { kind: 'anonymous', signedOut: false })
  forgetDrafts(number)
  await forgetDevice(number, { keepPending: false })
  return null
}

function enter(answer: Answer<LogInOperation>, isNew: boolean): Refusal | null {
  if (!answer.ok) return answer
  begin(answer.value.me, isNew)
  return null
}

function begin(me: Me, isNew: boolean): void {
  rememberMe(me)
  const client = openClient(me.number)
  const stops = [stayAwake(client), noteRest(client)]
  rest = () => stops.forEach((stop) => stop())
  client.subscribe(() => {
    const current = session.state()
    if (current.kind !== 'active' || current.client !== client) return
    const state = client.state()
    if (state.connection.kind === 'ended') void afterEnd(current, state.connection.reason)
    else if (state.me !== null && !isSame(state.me, current.me)) follow(current, state.me)
  })
  session.set({ kind: 'active', client, me, isNew })
}

/** The name or the role was changed on the server. */
function follow(current: Active, me: Me): void {
  rememberMe(me)
  session.set({ ...current, me })
}

/**
 * The server ended the session, or the cookie speaks for somebody else by now. What was said does not stay behind;
 * what was written and never sent does, for the next log-in of the same person.
 */
async function afterEnd(current: Active, reason: 'signed_out' | 'closed'): Promise<void> {
  const { number } = current.me
  // The server would not have this connection, though the session may be good: that page tries again, with pauses.
  if (reason === 'closed') return leave(current, { kind: 'unreachable' })
  leave(current, { kind: 'starting' })
  const answer = await askWho()
  if (!answer.ok || answer.value.me.number !== number) await forgetDevice(number, { keepPending: true })
  if (answer.ok) begin(answer.value.me, false)
  else if (answer.code === 'unauthenticated') session.set({ kind: 'anonymous', signedOut: true })
  else session.set({ kind: 'unreachable' })
}

function leave({ client, me }: Active, next: Session): void {
  forgetMe(me.number)
  session.set(next)
  rest()
  client.close()
}

function askWho(): Promise<Answer<'sessions.current'>> {
  return callOnce(here, 'sessions.current', {}, inBrowser)
}

function isSame(one: Me, other: Me): boolean {
  return one.number === other.number && one.name === other.name && one.role === other.role
}

function thisDevice(): string {
  return deviceName(navigator.userAgent)
}
