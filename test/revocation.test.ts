/** Signing devices out: their sockets close within a second, and nothing newer reaches them. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { callOnce, connect } from '@rookery/client'
import { closeCodes, type SessionRow } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import {
  connectDevice,
  logIn,
  makePair,
  password,
  signUp,
  startTestServer,
  until,
  waitFor,
  type LogIn,
} from './harness.ts'
import { bearer, openTcp, openWire, post } from './wire.ts'

let server: RunningServer
let url: string

beforeAll(async () => {
  server = await startTestServer()
  url = server.url
})
afterAll(() => server.stop())

const second = 1_000
const newPassword = 'battery staple'

/** Somebody with that many devices more, each with a session and a socket. */
async function makeDevices(logInOf: LogIn, count: number) {
  const sessions = await Promise.all(Array.from({ length: count }, () => logIn(url, String(logInOf.me.number))))
  return Promise.all(sessions.map(async (session) => ({ ...session, wire: await openWire(url, session) })))
}

const say = (from: LogIn, conversation: number, text: string) =>
  callOnce(url, 'messages.send', { conversation, id: crypto.randomUUID(), body: { kind: 'text', text } }, from)

const statusOf = async (logInOf: LogIn) => (await post(url, 'sessions.current', {}, bearer(logInOf))).status

/** The close code, if it comes within a second. */
const closedSoon = (closed: Promise<number>) => Promise.race([closed, Bun.sleep(second).then(() => 'still open')])

test('[D10] a request whose body comes after the revocation reads and writes nothing', async () => {
  const { one, other, conversation } = await makePair(url)
  const lost = await logIn(url, String(one.me.number))
  const body = JSON.stringify({ conversation })
  const head = `POST /api/messages.page HTTP/1.1\r\nhost: ${new URL(url).host}\r\nconnection: close\r\n`
  const { authorization } = bearer(lost)
  const slow = await openTcp(
    url,
    `${head}authorization: ${authorization}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n{`,
  )
  await Bun.sleep(100)
  await callOnce(url, 'sessions.revoke', { session: lost.session }, one)
  await say(other, conversation, 'newer')
  slow.socket.write(body.slice(1))
  await slow.ended
  expect(slow.received()).toStartWith('HTTP/1.1 401')
  expect(slow.received()).not.toContain('newer')
})

test('[D10] [P12] a revoked device is closed within a second, its token is dead by every door, and the others go on', async () => {
  const { one, other, conversation } = await makePair(url)
  const [lost, kept] = await makeDevices(one, 2)
  if (!lost || !kept) throw new Error('No devices.')
  const revoked = await callOnce(url, 'sessions.revoke', { session: lost.session }, one)
  expect(revoked).toEqual({ ok: true, value: {} })
  const sent = await say(other, conversation, 'newer')
  // What the lost device still says is not heard.
  lost.wire.send(
    JSON.stringify({
      id: 9,
      op: 'messages.send',
      in: { conversation, id: crypto.randomUUID(), body: { kind: 'text', text: 'from the thief' } },
    }),
  )
  expect(await closedSoon(lost.wire.closed)).toBe(closeCodes.sessionRevoked)
  expect(sent.ok).toBe(true)
  await until(() => kept.wire.pushes.length > 0)
  expect(kept.wire.pushes).toMatchObject([{ push: 'message', row: { body: { text: 'newer' } } }])
  expect(lost.wire.pushes).toEqual([])
  expect([await statusOf(lost), await statusOf(kept), await statusOf(one)]).toEqual([401, 200, 200])
  const resumed = await (await openWire(url)).ask('sessions.resume', { token: lost.token })
  expect(resumed).toEqual({ ok: false, code: 'unauthenticated' })
  const page = await callOnce(url, 'messages.page', { conversation }, one)
  expect(page).toMatchObject({ ok: true, value: { messages: [{ body: { text: 'newer' } }] } })
  kept.wire.close()
})

test('[D10] all sockets of one session close, and one opened by cookie is no exception', async () => {
  const owner = await signUp(url, 'many sockets')
  const [device] = await makeDevices(owner, 1)
  if (!device) throw new Error('No device.')
  const again = await openWire(url, device)
  const options = { headers: { cookie: `rookery=${device.token}` } } as never
  const browser = new WebSocket(`${url.replace('http', 'ws')}/ws`, options)
  const closed = new Promise<number>((resolve) => (browser.onclose = ({ code }) => resolve(code)))
  await new Promise((resolve) => (browser.onopen = resolve))
  await callOnce(url, 'sessions.revoke', { session: device.session }, owner)
  const codes = await Promise.all([device.wire.closed, again.closed, closed].map((code) => closedSoon(code)))
  expect(codes).toEqual([closeCodes.sessionRevoked, closeCodes.sessionRevoked, closeCodes.sessionRevoked])
})

test('[D10] a session revoked while a socket resumes it never stays open', async () => {
  const owner = await signUp(url, 'racing')
  for (let round = 0; round < 20; round += 1) {
    const session = await logIn(url, 'racing')
    const wires = await Promise.all([openWire(url), openWire(url), openWire(url)])
    const resuming = wires.map((wire) => wire.ask('sessions.resume', { token: session.token }))
    const revoking = callOnce(url, 'sessions.revoke', { session: session.session }, owner)
    await revoking
    const answers = await Promise.all(resuming)
    for (const [index, wire] of wires.entries()) {
      const answer = answers[index]
      if (answer && !answer.ok && answer.code === 'unauthenticated') wire.close()
      else expect(await closedSoon(wire.closed)).toBe(closeCodes.sessionRevoked)
    }
  }
})

test('[D10] a changed password signs every other device out within a second; this one goes on', async () => {
  const owner = await signUp(url, 'changing')
  const [here, ...others] = await makeDevices(owner, 4)
  if (!here) throw new Error('No device.')
  const change = { old: password, password: newPassword, confirm: newPassword }
  expect(await here.wire.ask('accounts.changePassword', change)).toEqual({ ok: true, value: { signed_out: 4 } })
  const codes = await Promise.all(others.map(({ wire }) => closedSoon(wire.closed)))
  expect(codes).toEqual(others.map(() => closeCodes.sessionRevoked))
  expect(here.wire.isOpen()).toBe(true)
  expect(await here.wire.ask('sessions.list')).toMatchObject({
    value: { sessions: [{ session: here.session, current: true }] },
  })
  expect(await statusOf(here)).toBe(200)
  for (const gone of [owner, ...others]) expect(await statusOf(gone)).toBe(401)
  const old = await callOnce(url, 'sessions.logIn', { login: 'changing', password })
  expect(old).toEqual({ ok: false, code: 'wrong_credentials' })
  expect(await callOnce(url, 'sessions.logIn', { login: 'changing', password: newPassword })).toMatchObject({
    ok: true,
  })
  here.wire.close()
})

test('a wrong old password, or two that differ, change nothing; and guessing at it is slowed down', async () => {
  const strict = await startTestServer({ ROOKERY_LOGIN_TRIES: '3' })
  const owner = await signUp(strict.url, 'careful')
  const elsewhere = await openWire(strict.url, await logIn(strict.url, 'careful'))
  const change = (old: string, confirm: string) =>
    callOnce(strict.url, 'accounts.changePassword', { old, password: newPassword, confirm }, owner)
  expect(await change(password, `${newPassword}!`)).toEqual({ ok: false, code: 'passwords_differ' })
  for (let index = 0; index < 3; index += 1)
    expect(await change(`guess ${index}`, newPassword)).toEqual({ ok: false, code: 'wrong_old_password' })
  expect(await change(password, newPassword)).toMatchObject({ ok: false, code: 'too_many_requests' })
  expect(await elsewhere.ask('presence.list')).toMatchObject({ ok: true })
  expect((await post(strict.url, 'sessions.current', {}, bearer(owner))).status).toBe(200)
  elsewhere.close()
  await strict.stop()
})

test('a log-in under way when the password changes does not survive it', async () => {
  const owner = await signUp(url, 'overtaken')
  for (let round = 0; round < 10; round += 1) {
    const [old, next] = round % 2 === 0 ? [password, newPassword] : [newPassword, password]
    const [late, changed] = await Promise.all([
      callOnce(url, 'sessions.logIn', { login: 'overtaken', password: old }),
      callOnce(url, 'accounts.changePassword', { old, password: next, confirm: next }, owner),
    ])
    expect(changed.ok).toBe(true)
    if (late.ok) expect(await statusOf(late.value)).toBe(401)
    else expect(late.code).toBe('wrong_credentials')
    expect(await statusOf(owner)).toBe(200)
  }
})

const brief = ({ session, device, current, online }: SessionRow) => [session, device, current, online]

test('the devices are listed: which is this one, which are online, and under what name', async () => {
  const owner = await signUp(url, 'listed')
  const phone = await callOnce(url, 'sessions.logIn', { login: 'listed', password, device: '甲 phone' })
  if (!phone.ok) throw new Error(phone.code)
  const wire = await openWire(url, phone.value)
  const list = async (logInOf: LogIn) => {
    const answer = await callOnce(url, 'sessions.list', {}, logInOf)
    if (!answer.ok) throw new Error(answer.code)
    return answer.value.sessions.toSorted((a, b) => a.device.localeCompare(b.device))
  }
  expect((await list(owner)).map(brief)).toEqual([
    [owner.session, '', true, false],
    [phone.value.session, '甲 phone', false, true],
  ])
  expect((await list(phone.value)).map(({ current }) => current)).toEqual([false, true])
  for (const { created_at, seen_at } of await list(owner)) expect(seen_at).toBeGreaterThanOrEqual(created_at)
  wire.close()
  await until(async () => (await list(owner)).every(({ online }) => !online))
})

test('logging out ends this session only, by both doors; the SDK says so and does not come back', async () => {
  const owner = await signUp(url, 'leaving')
  const [kept] = await makeDevices(owner, 1)
  const session = await logIn(url, 'leaving')
  const device = await connectDevice(url, session.token)
  expect(await callOnce(url, 'sessions.logOut', {}, session)).toEqual({ ok: true, value: {} })
  await waitFor(device, ({ connection }) => connection.kind === 'ended')
  expect(device.state().connection).toEqual({ kind: 'ended', reason: 'signed_out' })
  const wire = await openWire(url, owner)
  void wire.ask('sessions.logOut')
  expect(await closedSoon(wire.closed)).toBe(closeCodes.sessionRevoked)
  expect([await statusOf(session), await statusOf(owner)]).toEqual([401, 401])
  expect(kept?.wire.isOpen()).toBe(true)
  expect(await kept?.wire.ask('presence.list')).toMatchObject({ ok: true })
  const late = await connectEnded(session.token)
  expect(late).toEqual({ kind: 'ended', reason: 'signed_out' })
  kept?.wire.close()
})

async function connectEnded(token: string) {
  const client = connect({ url, token })
  await waitFor(client, ({ connection }) => connection.kind === 'ended')
  return client.state().connection
}

test('nobody signs out somebody else’s device, or one that is not there', async () => {
  const [owner, thief] = [await signUp(url, 'safe'), await signUp(url, 'thief')]
  const [device] = await makeDevices(owner, 1)
  for (const session of [device?.session ?? '', 'nothing', ''])
    expect(await callOnce(url, 'sessions.revoke', { session }, thief)).toEqual({ ok: false, code: 'not_found' })
  expect(await device?.wire.ask('presence.list')).toMatchObject({ ok: true })
  device?.wire.close()
})
