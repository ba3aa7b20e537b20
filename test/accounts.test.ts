/** Signing up, logging in and changing the password, end to end. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { callOnce } from '@rookery/client'
import type { RunningServer } from '@rookery/server'
import { logIn, makeFolder, password, signUp, startTestServer, type LogIn, type Settings } from './harness.ts'
import { bearer, openWire, post } from './wire.ts'

const twice = { password, confirm: password }

/** A server for all scenes of a `describe`. */
function useServer(settings: Settings = {}): () => RunningServer {
  let server: RunningServer
  beforeAll(async () => {
    server = await startTestServer(settings)
  })
  afterAll(() => server.stop())
  return () => server
}

async function becomeAdmin(server: RunningServer): Promise<LogIn> {
  const ticket = server.adminLink?.split('#')[1] ?? ''
  const made = await callOnce(server.url, 'accounts.signUp', { name: 'admin', ...twice, ticket })
  if (!made.ok) throw new Error(made.code)
  return made.value
}

describe('where sign-up is open', () => {
  const server = useServer({ ROOKERY_REGISTRATION: 'open' })

  test('numbers count up, and one is logged in at once', async () => {
    const first = await signUp(server().url, 'first')
    const second = await signUp(server().url, 'second')
    expect(second.me.number).toBe(first.me.number + 1)
    expect(second.me.role).toBe('member')
    const current = await callOnce(server().url, 'sessions.current', {}, second)
    expect(current).toEqual({ ok: true, value: { session: second.session, me: second.me } })
  })

  test('a name is one person’s alone, whatever its case or width', async () => {
    await signUp(server().url, 'Ｏｎｅ 甲')
    for (const name of ['one 甲', 'ONE 甲', ' One 甲 ', 'ｏｎｅ　甲'])
      expect(await callOnce(server().url, 'accounts.signUp', { name, ...twice })).toEqual({
        ok: false,
        code: 'name_taken',
      })
  })

  test('of a hundred who want one name at once, one gets it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => callOnce(server().url, 'accounts.signUp', { name: 'wanted', ...twice })),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const found = await callOnce(server().url, 'people.find', { query: 'wanted' }, await signUp(server().url, 'seeker'))
    expect(found).toMatchObject({ ok: true, value: { people: [{ name: 'wanted' }] } })
    expect(found.ok && found.value.people).toHaveLength(1)
  })

  test('the two passwords must be the same, and nothing is written otherwise', async () => {
    const input = { name: 'differ', password, confirm: `${password}!` }
    expect(await callOnce(server().url, 'accounts.signUp', input)).toEqual({ ok: false, code: 'passwords_differ' })
    expect((await signUp(server().url, 'differ')).me.name).toBe('differ')
  })

  test('one logs in by number or name, in full-width digits and any case', async () => {
    const { me } = await signUp(server().url, 'Née 甲')
    const wide = String(me.number).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    for (const login of [
      String(me.number),
      wide,
      ` ${me.number} `,
      `000${me.number}`,
      'née 甲',
      'NÉE 甲',
      'ne\u0301e　甲',
    ])
      expect((await logIn(server().url, login)).me).toEqual(me)
    const wrong = await callOnce(server().url, 'sessions.logIn', { login: String(me.number), password: `${password} ` })
    expect(wrong).toEqual({ ok: false, code: 'wrong_credentials' })
  })

  test('[P11] a socket that signs up or logs in carries that session, and no second one', async () => {
    const wire = await openWire(server().url)
    expect(await wire.ask('presence.list')).toEqual({ ok: false, code: 'unauthenticated' })
    const made = await wire.ask('accounts.signUp', { name: 'by socket', ...twice })
    expect(made).toMatchObject({ ok: true, value: { me: { name: 'by socket' } } })
    expect(await wire.ask('sessions.current')).toMatchObject({ value: { me: { name: 'by socket' } } })
    expect(await wire.ask('sessions.logIn', { login: 'by socket', password })).toEqual({ ok: false, code: 'forbidden' })
    wire.close()
  })

  test('a browser gets its session as a cookie that no script can read, and never sees the token', async () => {
    const { me } = await signUp(server().url, 'browser')
    const answered = await post(
      server().url,
      'sessions.logIn',
      { login: 'browser', password },
      { 'rookery-session': 'cookie' },
    )
    expect(answered.answer).toMatchObject({ ok: true, value: { token: '', me } })
    const cookie = answered.headers.get('set-cookie') ?? ''
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part)
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    expect((await post(server().url, 'sessions.current', {}, headers)).answer).toMatchObject({ value: { me } })
    const out = await post(server().url, 'sessions.logOut', {}, headers)
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await post(server().url, 'sessions.current', {}, headers)).status).toBe(401)
  })

  test('[P10] the store does not hold what a thief could use', async () => {
    const { token } = await signUp(server().url, 'thief’s aim')
    const guessed = await post(server().url, 'sessions.current', {}, { authorization: `Bearer ${'a'.repeat(43)}` })
    expect(guessed.answer).toEqual({ ok: false, code: 'unauthenticated' })
    const hash = new Bun.CryptoHasher('sha256').update(token).digest('base64url')
    const stolen = await post(server().url, 'sessions.current', {}, { authorization: `Bearer ${hash}` })
    expect(stolen.answer).toEqual({ ok: false, code: 'unauthenticated' })
  })
})

describe('where sign-up is by invitation', () => {
  const server = useServer({ ROOKERY_REGISTRATION: 'invite' })
  let admin: LogIn

  test('the link of the first start makes the administrator, once', async () => {
    const { url } = server()
    const ticket = server().adminLink?.split('#')[1] ?? ''
    expect(await callOnce(url, 'tickets.read', { ticket })).toEqual({ ok: true, value: { kind: 'admin' } })
    admin = await becomeAdmin(server())
    expect(admin.me.role).toBe('admin')
    const again = await callOnce(url, 'accounts.signUp', { name: 'second admin', ...twice, ticket })
    expect(again).toEqual({ ok: false, code: 'ticket_invalid' })
    expect(await callOnce(url, 'tickets.read', { ticket })).toEqual({ ok: false, code: 'ticket_invalid' })
  })

  test('without a ticket nobody signs up', async () => {
    const refused = await callOnce(server().url, 'accounts.signUp', { name: 'uninvited', ...twice })
    expect(refused).toEqual({ ok: false, code: 'registration_closed' })
    const guessed = await callOnce(server().url, 'accounts.signUp', { name: 'guess', ...twice, ticket: 'a'.repeat(43) })
    expect(guessed).toEqual({ ok: false, code: 'ticket_invalid' })
  })

  test('an invitation makes one member, and a refused sign-up does not use it up', async () => {
    const { url } = server()
    const invited = await callOnce(url, 'tickets.invite', {}, admin)
    if (!invited.ok) throw new Error(invited.code)
    const { ticket, expires_at } = invited.value
    expect(expires_at - Date.now()).toBeWithin(6 * 86_400_000, 7 * 86_400_000 + 1)
    expect(await callOnce(url, 'tickets.read', { ticket })).toEqual({ ok: true, value: { kind: 'invite' } })
    expect(await callOnce(url, 'accounts.signUp', { name: 'admin', ...twice, ticket })).toMatchObject({
      code: 'name_taken',
    })
    expect(await callOnce(url, 'accounts.claim', { ...twice, ticket })).toEqual({ ok: false, code: 'ticket_invalid' })
    const made = await callOnce(url, 'accounts.signUp', { name: 'invited', ...twice, ticket })
    expect(made).toMatchObject({ ok: true, value: { me: { role: 'member' } } })
    expect(await callOnce(url, 'accounts.signUp', { name: 'friend of', ...twice, ticket })).toMatchObject({
      code: 'ticket_invalid',
    })
  })

  test('an account made by the administrator is claimed once, by its ticket, under the number that was chosen', async () => {
    const { url } = server()
    const made = await callOnce(url, 'accounts.create', { name: '乙', number: 88_888 }, admin)
    if (!made.ok || made.value.ticket === undefined) throw new Error('No ticket.')
    const { ticket } = made.value
    const person = { number: 88_888, name: '乙' }
    expect(await callOnce(url, 'tickets.read', { ticket })).toEqual({ ok: true, value: { kind: 'claim', person } })
    expect(await callOnce(url, 'sessions.logIn', { login: '88888', password })).toMatchObject({
      code: 'wrong_credentials',
    })
    expect(await callOnce(url, 'accounts.claim', { password, confirm: 'another one', ticket })).toMatchObject({
      code: 'passwords_differ',
    })
    expect(await callOnce(url, 'accounts.signUp', { name: 'thief', ...twice, ticket })).toMatchObject({
      code: 'ticket_invalid',
    })
    const claims = await Promise.all(
      Array.from({ length: 20 }, () => callOnce(url, 'accounts.claim', { ...twice, ticket })),
    )
    const claimed = claims.flatMap((answer) => (answer.ok ? [answer.value] : []))
    expect(claimed.map(({ me }) => me)).toEqual([{ ...person, role: 'member' }])
    expect((await logIn(url, '乙')).me.number).toBe(88_888)
  })

  test('an account made with a password needs no ticket; a taken number is refused; a shared name logs in by number', async () => {
    const { url } = server()
    const first = await callOnce(url, 'accounts.create', { name: 'same', password }, admin)
    const second = await callOnce(url, 'accounts.create', { name: 'same', password }, admin)
    if (!first.ok || !second.ok) throw new Error('Not made.')
    expect(first.value).not.toHaveProperty('ticket')
    expect((await logIn(url, 'same')).me.number).toBe(first.value.number)
    expect((await logIn(url, String(second.value.number))).me.name).toBe('same')
    const taken = await callOnce(url, 'accounts.create', { name: 'x', number: second.value.number }, admin)
    expect(taken).toEqual({ ok: false, code: 'number_taken' })
  })

  test('only an administrator makes accounts and invitations', async () => {
    const member = await logIn(server().url, 'invited')
    for (const [caller, code] of [
      [member, 'forbidden'],
      [{}, 'unauthenticated'],
    ] as const) {
      expect(await callOnce(server().url, 'tickets.invite', {}, caller)).toEqual({ ok: false, code })
      expect(await callOnce(server().url, 'accounts.create', { name: 'x' }, caller)).toEqual({ ok: false, code })
    }
  })
})

describe('where sign-up is closed', () => {
  const server = useServer({ ROOKERY_REGISTRATION: 'closed' })

  test('nobody signs up but by a ticket', async () => {
    const refused = await callOnce(server().url, 'accounts.signUp', { name: 'x', ...twice })
    expect(refused).toEqual({ ok: false, code: 'registration_closed' })
    const admin = await becomeAdmin(server())
    const invited = await callOnce(server().url, 'tickets.invite', {}, admin)
    if (!invited.ok) throw new Error(invited.code)
    const { ticket } = invited.value
    expect(await callOnce(server().url, 'accounts.signUp', { name: 'x', ...twice, ticket })).toMatchObject({ ok: true })
  })

  test('a server with an administrator prints no link when it starts again, one without prints a new one', async () => {
    const ROOKERY_DATA = makeFolder()
    const first = await startTestServer({ ROOKERY_DATA })
    const old = first.adminLink?.split('#')[1] ?? ''
    await first.stop()
    const second = await startTestServer({ ROOKERY_DATA })
    expect(second.adminLink).not.toBe(first.adminLink)
    expect(await callOnce(second.url, 'tickets.read', { ticket: old })).toEqual({ ok: true, value: { kind: 'admin' } })
    const admin = await becomeAdmin(second)
    const late = { name: 'another admin', ...twice, ticket: old }
    expect(await callOnce(second.url, 'accounts.signUp', late)).toEqual({ ok: false, code: 'ticket_invalid' })
    await second.stop()
    const third = await startTestServer({ ROOKERY_DATA })
    expect(third.adminLink).toBeNull()
    expect((await post(third.url, 'sessions.current', {}, bearer(admin))).status).toBe(200)
    await third.stop()
  })
})

test('a password of fewer than six characters is refused by every operation that sets one, and nothing is made', async () => {
  const server = await startTestServer()
  const { url } = server
  const weak = { password: '12345', confirm: '12345' }
  expect(await callOnce(url, 'accounts.signUp', { name: 'weak', ...weak })).toEqual({
    ok: false,
    code: 'weak_password',
  })
  expect(await callOnce(url, 'accounts.signUp', { name: 'weak', ...weak, confirm: '1' })).toEqual({
    ok: false,
    code: 'passwords_differ',
  })
  const { token } = await signUp(url, 'weak')
  const changed = await callOnce(url, 'accounts.changePassword', { old: password, ...weak }, { token })
  expect(changed).toEqual({ ok: false, code: 'weak_password' })
  expect((await callOnce(url, 'sessions.logIn', { login: 'weak', password })).ok).toBe(true)
  await server.stop()
})
