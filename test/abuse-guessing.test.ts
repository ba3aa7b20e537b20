/** Guessing at passwords: slowed down for the guesser, never for the owner; and nothing learnt from the answers. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createPasswords, readConfig, startServer, type RunningServer } from '@rookery/server'
import { choosePort, makeFolder, password, signUp, startTestServer, type LogIn } from './harness.ts'
import { openWire, post, type Posted } from './wire.ts'

/** A server behind a proxy, so that a test can come from any address. */
let server: RunningServer
let url: string
let owner: LogIn

const settings = { ROOKERY_PROXIES: '1', ROOKERY_LOGIN_TRIES: '5', ROOKERY_LOGIN_TRIES_ADDRESS: '12' }

beforeAll(async () => {
  server = await startTestServer(settings)
  url = server.url
  owner = await signUp(url, 'the owner')
})
afterAll(() => server.stop())

let addresses = 0
const newAddress = () => `2001:db8:0:${(addresses += 1).toString(16)}::1`

function guess(from: string, login: string, typed: string, to = url): Promise<Posted> {
  return post(to, 'sessions.logIn', { login, password: typed }, { 'x-forwarded-for': from })
}

const count = (answers: readonly Posted[], status: number) =>
  answers.filter((answer) => answer.status === status).length

test('an address that guesses at an account has to wait, whatever it types then; the owner elsewhere has not', async () => {
  const [attacker, home] = [newAddress(), newAddress()]
  const login = String(owner.me.number)
  const answers: Posted[] = []
  for (let index = 0; index < 20; index += 1) answers.push(await guess(attacker, login, `guess ${index}`))
  expect(count(answers, 401)).toBe(5)
  expect(count(answers, 429)).toBe(15)
  const waiting = await guess(attacker, login, password)
  expect(waiting.answer).toMatchObject({ ok: false, code: 'too_many_requests' })
  expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(50)
  if (!waiting.answer.ok) expect(waiting.answer.retry_after_ms).toBeGreaterThan(50_000)
  expect((await guess(attacker, 'The Owner', password)).status).toBe(429)
  expect((await guess(attacker, '\uff34\uff28\uff25 owner', password)).status).toBe(429)
  expect((await guess(home, login, password)).status).toBe(200)
  const other = await signUp(url, 'another one')
  expect((await guess(attacker, String(other.me.number), password)).status).toBe(200)
})

test('many guesses at once count as many', async () => {
  const attacker = newAddress()
  const { me } = await signUp(url, 'guessed at once')
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => guess(attacker, String(me.number), `guess ${index}`)),
  )
  expect(count(answers, 401)).toBeLessThanOrEqual(5)
  expect(count(answers, 401) + count(answers, 429) + count(answers, 503)).toBe(50)
})

test('an overloaded server forgets no guess: filling it up from elsewhere is no way around', async () => {
  const attacker = newAddress()
  const { me } = await signUp(url, 'guessed in a crowd')
  let checked = 0
  for (let round = 0; round < 8; round += 1) {
    const crowd = Array.from({ length: 80 }, (_, index) => guess(newAddress(), `crowd ${round} ${index}`, 'guess'))
    const tries = Array.from({ length: 5 }, () => guess(attacker, String(me.number), 'guess'))
    checked += count(await Promise.all(tries), 401)
    await Promise.all(crowd)
    checked += count([await guess(attacker, String(me.number), 'guess')], 401)
  }
  expect(checked).toBe(5)
})

test('one address guessing at many accounts has to wait for all of them', async () => {
  const attacker = newAddress()
  const answers: Posted[] = []
  for (let index = 0; index < 20; index += 1) answers.push(await guess(attacker, `nobody ${index}`, 'guess'))
  expect(count(answers, 401)).toBe(12)
  expect(count(answers, 429)).toBe(8)
  expect((await guess(attacker, String(owner.me.number), password)).status).toBe(429)
  expect((await guess(newAddress(), String(owner.me.number), password)).status).toBe(200)
})

test('many addresses guessing at one account do not lock its owner out', async () => {
  const { me } = await signUp(url, 'hunted')
  const login = String(me.number)
  const answers = await Promise.all(Array.from({ length: 60 }, () => guess(newAddress(), login, 'guess')))
  expect(count(answers, 401)).toBe(60)
  const began = performance.now()
  expect((await guess(newAddress(), login, password)).status).toBe(200)
  // The longest delay is two seconds; the rest is the log-in itself.
  expect(performance.now() - began).toBeLessThan(4_000)
})

test('the doors count together: a socket is no way around', async () => {
  const attacker = newAddress()
  const { me } = await signUp(url, 'by both doors')
  for (let index = 0; index < 5; index += 1) await guess(attacker, String(me.number), 'guess')
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { headers: { 'x-forwarded-for': attacker } } as never)
  const answered = new Promise<string>((resolve) => (socket.onmessage = ({ data }) => resolve(String(data))))
  await new Promise((resolve) => (socket.onopen = resolve))
  socket.send(JSON.stringify({ id: 1, op: 'sessions.logIn', in: { login: String(me.number), password } }))
  expect(JSON.parse(await answered)).toMatchObject({ id: 1, error: { code: 'too_many_requests' } })
  socket.close()
})

test('[P13] an unknown number, an unclaimed account and a wrong password get the same answer', async () => {
  const ticket = server.adminLink?.split('#')[1]
  const made = await post(url, 'accounts.signUp', { name: 'admin', password, confirm: password, ticket })
  const { token } = (made.answer.ok ? made.answer.value : owner) as LogIn
  const created = await post(url, 'accounts.create', { name: 'unclaimed' }, { authorization: `Bearer ${token}` })
  expect(created.status).toBe(200)
  const logins = [
    String(owner.me.number),
    'The Owner',
    '99999999',
    'nobody',
    'unclaimed',
    '0',
    '9'.repeat(32),
    '\u0000',
  ]
  const answers = await Promise.all(logins.map((login) => guess(newAddress(), login, 'wrong password')))
  const [first] = answers
  for (const { status, text, headers } of answers) {
    expect(status).toBe(401)
    expect(text).toBe(first?.text ?? '')
    expect([...headers.keys()].toSorted()).toEqual([...(first?.headers.keys() ?? [])].toSorted())
  }
  const wire = await openWire(url)
  const framed = await Promise.all(
    ['99999999', 'nobody'].map((login) => wire.ask('sessions.logIn', { login, password })),
  )
  for (const answer of framed) expect(answer).toEqual({ ok: false, code: 'wrong_credentials' })
  wire.close()
})

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

test('[P13] known and unknown accounts take the same time', async () => {
  const read = readConfig({
    ROOKERY_DATA: makeFolder(),
    PORT: String(choosePort()),
    ROOKERY_LOG: 'error',
    ROOKERY_RATE_VISITOR: '100000',
    ROOKERY_LOGIN_TRIES: '100000',
    ROOKERY_LOGIN_TRIES_ADDRESS: '100000',
  })
  if (!read.ok) throw new Error(read.problem)
  // A cost that stands out from the noise of everything else.
  const slow = await startServer(read.config, { passwords: createPasswords({ memoryCost: 4_096, timeCost: 2 }) })
  const { me } = await signUp(slow.url, 'known')
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 25; round += 1) {
    for (const kind of ['known', 'unknown'] as const) {
      const began = performance.now()
      await guess('', kind === 'known' ? String(me.number) : `nobody ${round}`, 'wrong password', slow.url)
      times[kind].push(performance.now() - began)
    }
  }
  const ratio = median(times.known) / median(times.unknown)
  expect(ratio).toBeGreaterThan(1 / 1.8)
  expect(ratio).toBeLessThan(1.8)
  await slow.stop()
})
