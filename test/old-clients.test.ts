/** Every request of the old campus protocol, and every reply it can have. */
import { afterAll, beforeAll, expect, setSystemTime, test } from 'bun:test'
import { callOnce } from '@rookery/client'
import type { RunningServer } from '@rookery/server'
import { openSqliteStore } from '../packages/server/store/sqlite/store.ts'
import { connectDevice, makeFolder, password, signUp, startTestServer, until, waitFor } from './harness.ts'
import { openOldClient, type OldClient } from './old-client.ts'

const settings = { ROOKERY_UDP: '127.0.0.1:0', ROOKERY_UDP_RATE: '100000' }
let server: RunningServer
const opened: OldClient[] = []

beforeAll(async () => {
  server = await startTestServer(settings)
})
afterAll(async () => {
  for (const client of opened) client.close()
  await server.stop()
})

async function openClient(at: RunningServer = server): Promise<OldClient> {
  const client = await openOldClient(at.udp ?? '')
  opened.push(client)
  return client
}

let last = 20_171_000_000
/** A client that has registered a number of its own, and is logged in. */
async function enter(at: RunningServer = server): Promise<OldClient & { number: number }> {
  const client = await openClient(at)
  const number = (last += 1)
  expect(await client.ask(`01#${number}#${password}#${password}#`)).toBe('01:01')
  expect(await client.ask(`02#${number}#${password}#`)).toBe('02:01')
  return { ...client, number }
}

test('01 registers: done, differ, taken, and refused where registration is not open', async () => {
  const client = await openClient()
  expect(await client.ask('01#20179999999#secret one#secret two#')).toBe('01:02')
  expect(await client.ask('01#20179999999#secret one#secret one#')).toBe('01:01')
  expect(await client.ask('01#20179999999#secret one#secret one#')).toBe('01:03')
  expect(await client.ask('01#20179999997#1#1#')).toBe('01:01')
  expect(await client.ask('01#20179999997#1#22#22#')).toBe('01:03')
  expect(await client.ask('02#20179999997#22#')).toBe('02:01')
  const byHttp = { number: 20_179_999_996, password: '22', confirm: '22' }
  expect(await callOnce(server.url, 'accounts.register', byHttp)).toEqual({ ok: false, code: 'weak_password' })
  const closed = await startTestServer({ ...settings, ROOKERY_REGISTRATION: 'invite' })
  const stranger = await openClient(closed)
  expect(await stranger.ask('01#20179999998#secret one#secret one#')).toBe('00:00')
  await closed.stop()
})

test('02 logs in: ok, wrong password, no such user, and 02:04 moves the session to the new socket', async () => {
  const first = await enter()
  const second = await openClient()
  expect(await second.ask(`02#${first.number}#wrong password#`)).toBe('02:02')
  expect(await second.ask(`02#20170000000#${password}#`)).toBe('02:03')
  expect(await second.ask(`02#no number#${password}#`)).toBe('02:03')
  expect(await first.ask('08#')).toBe('08:0')
  expect(await second.ask(`02#${first.number}#${password}#`)).toBe('02:04')
  expect(await second.ask('08#')).toBe('08:0')
  expect(await first.ask('08#')).toBe('07:01')
  expect(await second.ask(`02#${first.number}#${password}#`)).toBe('02:01')
})

test('01 changes a password: wrong, differ, changed while the session goes on, no such user', async () => {
  const client = await enter()
  const web = await callOnce(server.url, 'sessions.logIn', { login: String(client.number), password })
  expect(await client.ask(`01#${client.number}#wrong#new secret#new secret#`)).toBe('01:01')
  expect(await client.ask(`01#${client.number}#${password}#new secret#newer secret#`)).toBe('01:02')
  expect(await client.ask(`01#20170000000#${password}#new secret#new secret#`)).toBe('01:04')
  expect(await client.ask(`01#${client.number}#${password}#new secret#new secret#`)).toBe('01:03')
  expect(await client.ask('08#')).toBe('08:0')
  const other = web.ok ? await callOnce(server.url, 'sessions.current', {}, { token: web.value.token }) : web
  expect(other).toMatchObject({ ok: false, code: 'unauthenticated' })
  const stranger = await openClient()
  expect(await stranger.ask(`01#${client.number}#${password}#third secret#third secret#`)).toBe('01:01')
  expect(await stranger.ask(`01#${client.number}#new secret#third secret#third secret#`)).toBe('01:03')
  expect(await stranger.ask(`02#${client.number}#third secret#`)).toBe('02:01')
})

test('03 sends to who is online, and refuses whoever is not, without storing anything', async () => {
  const [one, two] = [await enter(), await enter()]
  expect(await one.ask(`03#${two.number}#hello\n#`)).toBe('03:01')
  expect(await two.ask(`04#${one.number}#`)).toBe('04:1')
  expect(await two.ask('06#')).toBe('06:01')
  expect(await one.ask(`03#${two.number}#are you there?#`)).toBe('03:02')
  expect(await two.ask(`02#${two.number}#${password}#`)).toBe('02:01')
  expect(await two.ask(`05#${one.number}#`)).toMatch(/:hello\n$/)
  expect(await two.ask('08#')).toBe('08:0')
  expect(await one.ask('03#20170000000#nobody#')).toBe('03:02')
  expect(await one.ask('03#nobody#nobody#')).toBe('03:02')
})

test('03 stores for who is offline, where the setting says so', async () => {
  const school = await startTestServer({ ...settings, ROOKERY_UDP_OFFLINE: 'store' })
  const [one, two] = [await enter(school), await enter(school)]
  await two.ask('06#')
  expect(await one.ask(`03#${two.number}#for later#`)).toBe('03:01')
  await two.ask(`02#${two.number}#${password}#`)
  expect(await two.ask(`05#${one.number}#`)).toMatch(/:for later$/)
  await school.stop()
})

test('04, 05, 08 and 09 count and take, oldest first; asking takes nothing', async () => {
  const [one, two, me] = [await enter(), await enter(), await enter()]
  for (const text of ['a', 'b']) await one.ask(`03#${me.number}#${text}#`)
  await two.ask(`03#${me.number}#c#`)
  expect(await me.ask(`04#${one.number}#`)).toBe('04:2')
  expect(await me.ask(`04#${one.number}#`)).toBe('04:2')
  expect(await me.ask(`04#${two.number}#`)).toBe('04:1')
  expect(await me.ask('08#')).toBe('08:3')
  const first = await me.ask(`05#${one.number}#`)
  expect(first).toMatch(new RegExp(`^05:${one.number}:\\d{4}(-\\d\\d){2} \\d\\d(-\\d\\d){2}:a$`))
  expect(first.split(':')).toHaveLength(4)
  expect(first.split(':')[2]).toHaveLength(19)
  expect(await me.ask('08#')).toBe('08:2')
  expect(await me.ask('09#')).toMatch(/^09:\d+:[^:]{19}:b$/)
  expect(await me.ask('09#')).toMatch(/^09:\d+:[^:]{19}:c$/)
  expect(await me.ask('09#')).toBe('09:01')
  expect(await me.ask(`05#${one.number}#`)).toBe('05:01')
  expect(await me.ask(`04#${one.number}#`)).toBe('04:0')
  expect(await me.ask('04#20170000000#')).toBe('04:0')
})

test('06 goes offline, once; before log-in everything else is 07:01', async () => {
  const client = await enter()
  expect(await client.ask('06#')).toBe('06:01')
  expect(await client.ask('06#')).toBe('06:02')
  for (const request of ['03#10001#text#', '04#10001#', '05#10001#', '08#', '09#']) {
    expect(await client.ask(request)).toBe('07:01')
  }
  expect(await client.ask('77#what#')).toBe('00:00')
})

test('whoever logs in at a socket ends the session that was there: going offline brings nobody back', async () => {
  const [client, next] = [await enter(), await enter()]
  expect(await client.ask(`02#${next.number}#${password}#`)).toBe('02:04')
  expect(await client.ask('06#')).toBe('06:01')
  expect(await client.ask('08#')).toBe('07:01')
})

test('a text goes through whole: #, :, newlines, quotes, any script; only the seed layout shows colons wide', async () => {
  const text = '#1: a##b#: "quoted" \\ 你好：世界 🎉\n'
  const [one, two] = [await enter(), await enter()]
  expect(await one.ask(`03#${two.number}#${text}#`)).toBe('03:01')
  expect((await two.ask('09#')).split(':').slice(3)).toEqual([text.replaceAll(':', '：')])
  const historic = await startTestServer({ ...settings, ROOKERY_UDP_LAYOUT: 'historic' })
  const [three, four] = [await enter(historic), await enter(historic)]
  await three.ask(`03#${four.number}#${text}#`)
  const reply = await four.ask('09#')
  expect(reply).toMatch(/^09:\d+:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d:/)
  expect(reply.split(':').slice(5).join(':')).toBe(text)
  await historic.stop()
})

test('a text too long for one reply comes in several, each whole; none is cut, none is over 1024 bytes', async () => {
  const [one, two] = [await enter(), await enter()]
  const text = '汉字and🎉'.repeat(400)
  expect(await one.ask(`03#${two.number}#${text}#`)).toBe('03:01')
  const count = Number((await two.ask(`04#${one.number}#`)).slice(3))
  expect(count).toBeGreaterThan(5)
  let whole = ''
  for (let index = 0; index < count; index += 1) {
    expect(await two.ask(`04#${one.number}#`)).toBe(`04:${count - index}`)
    const reply = await two.ask(`05#${one.number}#`)
    expect(Buffer.byteLength(reply)).toBeLessThanOrEqual(1024)
    whole += reply.split(':')[3]
  }
  expect(whole).toBe(text)
  expect(await two.ask(`05#${one.number}#`)).toBe('05:01')
})

test('[D15] old and web see the same log, each other’s presence and how far was read', async () => {
  const old = await enter()
  const login = await signUp(server.url, `web ${old.number}`)
  const web = await connectDevice(server.url, login.token)
  expect(await old.ask(`03#${login.me.number}#from the old side#`)).toBe('03:01')
  await waitFor(web, ({ conversations }) => [...conversations.values()][0]?.last_seq === 1)
  const [conversation = 0] = web.state().conversations.keys()
  web.look([conversation])
  await waitFor(web, ({ online }) => online.has(old.number))
  web.send(conversation, 'from the web: hello')
  await until(async () => (await old.ask('08#')) === '08:1')
  expect(await old.ask('09#')).toMatch(/:from the web： hello$/)
  await waitFor(web, ({ conversations }) => conversations.get(conversation)?.peer_read_seq === 2)
  await old.ask('06#')
  await waitFor(web, ({ online }) => !online.has(old.number))
  web.close()
})

test('what was read on the web still waits on the old side, and taking it moves the user’s pointer', async () => {
  const [one, two] = [await enter(), await enter()]
  const other = await callOnce(server.url, 'sessions.logIn', { login: String(two.number), password })
  if (!other.ok) throw new Error(other.code)
  const web = await connectDevice(server.url, other.value.token)
  await one.ask(`03#${two.number}#first#`)
  await waitFor(web, ({ conversations }) => [...conversations.values()][0]?.unread === 1)
  const [conversation = 0] = web.state().conversations.keys()
  web.read(conversation, 1)
  await until(async () => {
    const open = await web.call('conversations.open', { conversation })
    return open.ok && open.value.readers.some(({ number, read_seq }) => number === two.number && read_seq === 1)
  })
  expect(await two.ask(`04#${one.number}#`)).toBe('04:1')
  expect(await two.ask(`05#${one.number}#`)).toMatch(/:first$/)
  await one.ask(`03#${two.number}#second#`)
  await waitFor(web, ({ conversations }) => conversations.get(conversation)?.unread === 1)
  expect(await two.ask('09#')).toMatch(/:second$/)
  await waitFor(web, ({ conversations }) => conversations.get(conversation)?.unread === 0)
  web.close()
})

test('an old session outlives a restart of the server', async () => {
  const folder = makeFolder()
  const before = await startTestServer({ ...settings, ROOKERY_DATA: folder })
  const [one, two] = [await enter(before), await enter(before)]
  await one.ask(`03#${two.number}#before#`)
  await before.stop()
  const after = await startTestServer({ ...settings, ROOKERY_DATA: folder, ROOKERY_UDP: before.udp ?? '' })
  expect(await two.ask(`04#${one.number}#`)).toBe('04:1')
  expect(await one.ask(`03#${two.number}#after#`)).toBe('03:01')
  expect(await two.ask('08#')).toBe('08:2')
  await after.stop()
})

test('a session lasts as long as it is used, and 12 hours of silence end it', async () => {
  const client = await enter()
  const began = Date.now()
  try {
    for (const hours of [11, 22, 33]) {
      setSystemTime(began + hours * 3_600_000)
      expect(await client.ask('08#')).toBe('08:0')
    }
    setSystemTime(began + 46 * 3_600_000)
    expect(await client.ask('08#')).toBe('07:01')
  } finally {
    setSystemTime()
  }
})

test('an account can switch old clients off for itself, and they are marked in the devices list', async () => {
  const client = await enter()
  const web = await callOnce(server.url, 'sessions.logIn', { login: String(client.number), password })
  if (!web.ok) throw new Error(web.code)
  const { token } = web.value
  const listed = await callOnce(server.url, 'sessions.list', {}, { token })
  expect(
    listed.ok &&
      listed.value.sessions.map(({ legacy, online }) => `${legacy} ${online}`).toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['false false', 'true true'])
  expect(await callOnce(server.url, 'accounts.allowLegacy', { legacy: false }, { token })).toMatchObject({ ok: true })
  expect(await client.ask('08#')).toBe('07:01')
  expect(await client.ask(`02#${client.number}#${password}#`)).toBe('00:00')
  expect(await client.ask(`02#${client.number}#wrong password#`)).toBe('02:02')
  await callOnce(server.url, 'accounts.allowLegacy', { legacy: true }, { token })
  expect(await client.ask(`02#${client.number}#${password}#`)).toBe('02:01')
})

test('[D10] a session that ended where nobody heard of it, and whose client asks all the time, is over within a second', async () => {
  const store = await openSqliteStore(makeFolder(), (reason) => {
    throw new Error(reason)
  })
  const alone = await startTestServer(settings, { store })
  const client = await enter(alone)
  const [row] = await store.sessions.list(client.number)
  expect(await client.ask('08#')).toBe('08:0')
  await store.sessions.end({ session: row?.session ?? '', number: client.number })
  const ended = performance.now()
  await until(async () => (await client.ask('08#')) === '07:01')
  expect(performance.now() - ended).toBeLessThan(1_000)
  await alone.stop()
  await store.close()
})

test('a datagram that came twice is one message; the same words again, later, are another', async () => {
  const [one, two] = [await enter(), await enter()]
  const request = `03#${two.number}#only once#`
  one.throw(request)
  one.throw(request)
  expect([await one.listen(2_000), await one.listen(2_000)]).toEqual(['03:01', '03:01'])
  expect(await two.ask('08#')).toBe('08:1')
  await Bun.sleep(1_050)
  expect(await one.ask(request)).toBe('03:01')
  expect(await two.ask('08#')).toBe('08:2')
})

test('nothing ever comes unasked', async () => {
  const [one, two] = [await enter(), await enter()]
  await one.ask(`03#${two.number}#hello#`)
  expect(await two.listen(200)).toBeNull()
  expect(await one.listen(10)).toBeNull()
})
