/** What would be a command somewhere: SQL, wildcards, headers, escapes. Everywhere it is kept, or looked for, as it is. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { RunningServer } from '@rookery/server'
import { type LogIn, makePair, password, signUp, startTestServer, textOf, until } from './harness.ts'
import { bearer, openTcp, openWire, post } from './wire.ts'

let server: RunningServer
let url: string
let one: LogIn
let other: LogIn
let conversation: number

beforeAll(async () => {
  server = await startTestServer()
  url = server.url
  ;({ one, other, conversation } = await makePair(url))
})
afterAll(() => server.stop())

const payloads = [
  `' OR 1=1 --`,
  `'); DROP TABLE accounts; --`,
  `" UNION SELECT * FROM sessions`,
  `x' OR handle IS NOT NULL`,
  '$1',
  '?1',
  ':number',
  'NEAR("a" "b")',
  '"a" AND * OR',
  '<script>alert(1)</script>',
  '{{7*7}} ${7*7}',
  '../../etc/passwd',
  '%s%n%x',
]

test('SQL in any field finds nothing, opens nothing and is kept as it was written', async () => {
  for (const payload of payloads) {
    const named = payload.slice(0, 32)
    const refused = async (op: string, input: unknown) => (await post(url, op, input, bearer(one))).answer
    expect(await refused('sessions.logIn', { login: named, password })).toEqual({
      ok: false,
      code: 'wrong_credentials',
    })
    expect(await refused('sessions.revoke', { session: payload })).toEqual({ ok: false, code: 'not_found' })
    expect(await refused('tickets.read', { ticket: payload })).toEqual({ ok: false, code: 'bad_request' })
    expect(await refused(encodeURIComponent(payload), {})).toEqual({ ok: false, code: 'unknown_operation' })
    expect(await refused('people.find', { query: named })).toEqual({ ok: true, value: { people: [] } })
    expect(await refused('sync', { rev: 0, epoch: payload })).toMatchObject({ ok: true })

    const made = await post(url, 'accounts.signUp', {
      name: named,
      password: `${payload}........`,
      confirm: `${payload}........`,
      device: payload,
    })
    if (!made.answer.ok) throw new Error(made.text)
    const { me, token } = made.answer.value as LogIn
    expect(me.name).toBe(named.trim())
    expect(await refused('people.find', { query: named })).toEqual({
      ok: true,
      value: { people: [{ number: me.number, name: me.name, signature: '', avatar: '' }] },
    })
    const wrong = await refused('sessions.logIn', { login: named, password: `' OR '1'='1` })
    expect(wrong).toEqual({ ok: false, code: 'wrong_credentials' })
    expect(await refused('contacts.request', { number: me.number, greeting: payload })).toMatchObject({ ok: true })
    const mine = await post(url, 'sync', { rev: 0 }, { authorization: `Bearer ${token}` })
    expect(mine.answer).toMatchObject({ value: { contacts: [{ greeting: payload, peer: one.me.number }] } })
    const devices = await post(url, 'sessions.list', {}, { authorization: `Bearer ${token}` })
    expect(devices.answer).toMatchObject({ value: { sessions: [{ device: payload }] } })
  }
})

test('a text is kept letter by letter, whatever it says', async () => {
  const texts = [...payloads, '\r\nSet-Cookie: evil=1', '\u202egnp.exe', '\u0001\u001b[2J\u007f', '\ufeff', '\u200b']
  const wire = await openWire(url, one)
  const reader = await openWire(url, other)
  for (const text of texts)
    expect(
      await wire.ask('messages.send', { conversation, id: crypto.randomUUID(), body: { kind: 'text', text } }),
    ).toMatchObject({ ok: true })
  await until(() => reader.pushes.length >= texts.length)
  const pushed = reader.pushes.flatMap((push) => (push.push === 'message' ? [textOf(push.row)] : []))
  expect(pushed).toEqual(texts)
  const page = await reader.ask('messages.page', { conversation, limit: 100 })
  expect(page).toMatchObject({ value: { messages: texts.map((text) => ({ body: { text } })) } })
  wire.close()
  reader.close()
})

test('wildcards find only themselves', async () => {
  const mark = crypto.randomUUID().slice(0, 8)
  const people = await Promise.all([signUp(url, `${mark}%b_c`), signUp(url, `${mark}xbyc`), signUp(url, `${mark}\\*?`)])
  const find = async (query: string) => {
    const { answer } = await post(url, 'people.find', { query }, bearer(one))
    if (!answer.ok) throw new Error(answer.code)
    return (answer.value as { people: { number: number }[] }).people.map(({ number }) => number)
  }
  const [wild, plain, slash] = people.map(({ me }) => me.number)
  const all = [wild, plain, slash].filter((number) => number !== undefined)
  expect(await find(mark)).toEqual(all.toSorted((a, b) => a - b))
  for (const query of [`${mark}%`, `${mark}%b_`, '%b_c']) expect(await find(query)).toEqual([wild ?? 0])
  for (const query of [`${mark}\\`, `${mark}\\*`, '\\*?']) expect(await find(query)).toEqual([slash ?? 0])
  for (const query of ['*', `${mark}*`, '[a-z]', `${mark}_`, '__', '\\_'])
    expect(await find(query)).not.toContain(plain ?? 0)
})

const crlf = '%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0aHTTP/1.1%20200%20OK'

test('line breaks in tokens, cookies, addresses and names of operations make no headers', async () => {
  const requests = [
    { op: '%0d%0aSet-Cookie:%20evil=1', headers: {} },
    { op: 'sessions.current', headers: { authorization: `Bearer ${crlf}` } },
    { op: 'sessions.current', headers: { cookie: `rookery=${crlf}` } },
    { op: 'sessions.current', headers: { cookie: `rookery=${'a'.repeat(43)}; rookery=${crlf}; $Path=/` } },
    {
      op: 'sessions.current',
      headers: { 'x-forwarded-for': crlf, 'x-forwarded-host': crlf, 'x-forwarded-proto': crlf },
    },
    { op: 'sessions.logOut', headers: { 'rookery-session': crlf } },
  ]
  for (const { op, headers } of requests) {
    const { status, headers: answered, text } = await post(url, op, {}, headers)
    expect([op, [401, 404].includes(status)]).toEqual([op, true])
    expect([...answered].join('\n')).not.toContain('evil')
    expect(text).not.toContain('evil')
  }
})

const head = (lines: readonly string[]) =>
  `${['POST /api/sessions.current HTTP/1.1', 'host: x', ...lines].join('\r\n')}\r\n`

test('a request that could be read as two is answered once, or not at all', async () => {
  const smuggled = 'GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n'
  const requests = [
    `${head(['content-type: application/json', 'content-length: 4', 'transfer-encoding: chunked'])}\r\n0\r\n\r\n${smuggled}`,
    `${head(['content-type: application/json', 'content-length: 2', 'content-length: 60'])}\r\n{}${smuggled}`,
    `${head(['transfer-encoding : chunked', 'content-length: 2'])}\r\n{}${smuggled}`,
    `${head(['x: y\rcontent-length: 0'])}\r\n${smuggled}`,
    `${head(['authorization: Bearer a\0b'])}\r\n`,
    `${head(['content-length: -1'])}\r\n`,
    `POST /api/sessions.current\r\n\r\n`,
    '\0\x01\x02\x16\x03\x01garbage\r\n\r\n',
  ]
  const answers = await Promise.all(
    requests.map(async (request) => {
      const { socket, received, ended } = await openTcp(url, request)
      socket.end()
      await ended
      return received()
    }),
  )
  for (const answer of answers) {
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)?.length ?? 0).toBeLessThanOrEqual(1)
    expect(answer).not.toContain('rookery_operations_total')
    expect(answer).not.toMatch(/HTTP\/1\.1 (2|500)/)
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('without a proxy in front, nobody chooses their own address', async () => {
  const strict = await startTestServer({ ROOKERY_RATE_VISITOR: '1' })
  const statuses = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      const from = {
        'x-forwarded-for': `203.0.113.${index}`,
        'x-real-ip': `203.0.113.${index}`,
        forwarded: `for=10.0.0.${index}`,
      }
      return (await post(strict.url, 'tickets.read', { ticket: 'a'.repeat(43) }, from)).status
    }),
  )
  expect(statuses.filter((status) => status === 403)).toHaveLength(10)
  expect(statuses.filter((status) => status === 429)).toHaveLength(20)
  await strict.stop()
})

test('every answer forbids what is not our own, whatever was asked', async () => {
  const paths = ['/', '/nothing.here', '/healthz', '/metrics', '/api/openapi.json', '/ws']
  const asked = [...paths.map((path) => fetch(url + path)), fetch(`${url}/api/nothing`, { method: 'POST' })]
  for (const { headers } of await Promise.all(asked)) {
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  }
})
