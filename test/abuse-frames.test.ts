/** Frames too large, broken, foreign, too many or never finished. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { closeCodes, LIMITS } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { connectDevice, makePair, startTestServer, type LogIn } from './harness.ts'
import { bearer, openTcp, openWire, post, type Wire } from './wire.ts'

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

/** A frame of exactly so many bytes, which asks to send a message. */
function frameOf(bytes: number, id = 1): string {
  const start = `{"id":${id},"op":"messages.send","in":{"conversation":${conversation},"id":"${crypto.randomUUID()}","body":{"kind":"text","text":"`
  return `${start}${'x'.repeat(bytes - start.length - 4)}"}}}`
}

async function lastSeq(): Promise<number> {
  const page = await post(url, 'messages.page', { conversation, limit: 1 }, bearer(other))
  if (!page.answer.ok) throw new Error(page.text)
  return (page.answer.value as { messages: { seq: number }[] }).messages[0]?.seq ?? 0
}

async function expectKept(wire: Wire): Promise<void> {
  expect(wire.isOpen()).toBe(true)
  expect(await wire.ask('sessions.current')).toMatchObject({ ok: true, value: { me: { number: one.me.number } } })
}

test('[P1] a frame of 64 KiB is read, one byte more closes the socket with 1009, and nothing is written', async () => {
  const before = await lastSeq()
  const wire = await openWire(url, one)
  expect(await wire.askRaw(1, frameOf(LIMITS.frameBytes))).toEqual({ ok: false, code: 'bad_request' })
  await expectKept(wire)
  wire.send(frameOf(LIMITS.frameBytes + 1))
  expect(await wire.closed).toBe(1009)
  expect(await lastSeq()).toBe(before)
})

test('[P7] before log-in a frame of 4 KiB is read, and one byte more closes the socket with 1009', async () => {
  const wire = await openWire(url)
  expect(await wire.askRaw(1, frameOf(LIMITS.frameBytesBeforeLogIn))).toEqual({ ok: false, code: 'unauthenticated' })
  wire.send(frameOf(LIMITS.frameBytesBeforeLogIn + 1))
  expect(await wire.closed).toBe(1009)
})

test('over HTTP the same limits answer 413, however the length is told', async () => {
  const before = await lastSeq()
  const send = async (bytes: number, headers: Record<string, string>) => {
    const start = `{"conversation":${conversation},"id":"${crypto.randomUUID()}","body":{"kind":"text","text":"`
    return (await post(url, 'messages.send', `${start}${'x'.repeat(bytes - start.length - 3)}"}}`, headers)).status
  }
  expect(await send(LIMITS.frameBytes, bearer(one))).toBe(400)
  expect(await send(LIMITS.frameBytes + 1, bearer(one))).toBe(413)
  expect(await send(LIMITS.frameBytesBeforeLogIn, {})).toBe(401)
  expect(await send(LIMITS.frameBytesBeforeLogIn + 1, {})).toBe(413)
  expect(await send(LIMITS.frameBytesBeforeLogIn + 1, { authorization: `Bearer ${'a'.repeat(43)}` })).toBe(413)
  const chunked = new ReadableStream({
    async start(controller) {
      for (let index = 0; index < 80; index += 1) controller.enqueue(new Uint8Array(1024).fill(32))
      controller.close()
    },
  })
  const headers = { 'content-type': 'application/json', ...bearer(one) }
  const response = await fetch(`${url}/api/sync`, { method: 'POST', headers, body: chunked })
  expect(response.status).toBe(413)
  expect(await lastSeq()).toBe(before)
})

test('the longest text passes whole, in its longest form', async () => {
  const wire = await openWire(url, one)
  const body = { kind: 'text', text: '\u0001'.repeat(LIMITS.textLength) }
  const sent = await wire.ask('messages.send', { conversation, id: crypto.randomUUID(), body })
  expect(sent.ok).toBe(true)
  const page = await post(url, 'messages.page', { conversation, limit: 1 }, bearer(other))
  expect(page.answer).toMatchObject({ value: { messages: [{ body }] } })
  wire.close()
})

test('[P1] what is binary or no frame closes the socket with 4501', async () => {
  const frames = [
    new Uint8Array([1, 2, 3]),
    new TextEncoder().encode('{"id":1,"op":"sync","in":{"rev":0}}'),
    '',
    '{',
    'NaN',
    '[]',
    'null',
    '"x"',
    '1',
    '{}',
    '{"op":"sync","in":{}}',
    '{"id":1,"op":"presence.list"}',
    '{"id":"1","op":"sync","in":{}}',
    '{"id":-1,"op":"sync","in":{}}',
    '{"id":1.5,"op":"sync","in":{}}',
    '{"id":1e999,"op":"sync","in":{}}',
    '{"id":1,"op":5,"in":{}}',
    `{"id":1,"op":"${'x'.repeat(65)}","in":{}}`,
    '{"id":1,"op":"sync","in":{},"more":1}',
    '{"id":1,"op":"sync","in":{}}{"id":2,"op":"sync","in":{}}',
    '{"id":1,"op":"sync","in":{"rev":0x10}}',
  ]
  const before = await lastSeq()
  const codes = await Promise.all(
    frames.map(async (frame, index) => {
      const wire = await openWire(url, index % 2 === 0 ? one : undefined)
      wire.send(frame)
      // What comes after in the same turn is not read any more.
      wire.send(frameOf(1_000))
      return wire.closed
    }),
  )
  expect(codes).toEqual(frames.map(() => closeCodes.badFrame))
  expect(await lastSeq()).toBe(before)
})

test('a wrong request in a right frame is refused, and the socket is kept', async () => {
  const wire = await openWire(url, one)
  for (const op of ['', 'nothing', '__proto__', 'toString', 'messages.Send', 'sync '])
    expect(await wire.ask(op)).toEqual({ ok: false, code: 'unknown_operation' })
  for (const input of [undefined, null, [], 'x', { rev: 'x' }, { rev: 0, more: 1 }])
    expect(await wire.ask('messages.page', input ?? null)).toEqual({ ok: false, code: 'bad_request' })
  expect(await wire.ask('sessions.resume', { token: one.token })).toEqual({ ok: false, code: 'forbidden' })
  await expectKept(wire)
  wire.close()
})

test('[P6] pages of a foreign origin get 403 by every door, with a cookie and without, and nothing is written', async () => {
  const host = new URL(url).host
  const before = await lastSeq()
  for (const origin of [
    'https://evil.example',
    'null',
    `http://${host}.evil.example`,
    `http://${host}0`,
    'http://localhost',
  ]) {
    for (const credentials of [{}, { cookie: `rookery=${one.token}` }, bearer(one)]) {
      const input = { conversation, id: crypto.randomUUID(), body: { kind: 'text', text: 'x' } }
      const posted = await post(url, 'messages.send', input, { origin, ...credentials })
      expect([posted.status, posted.answer]).toEqual([403, { ok: false, code: 'foreign_origin' }])
      const upgrade = [
        'GET /ws HTTP/1.1',
        `host: ${host}`,
        'connection: Upgrade',
        'upgrade: websocket',
        `origin: ${origin}`,
      ]
      const key = [
        'sec-websocket-version: 13',
        'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
        `cookie: rookery=${one.token}`,
      ]
      const { socket, received, ended } = await openTcp(
        url,
        `${[...upgrade, ...key, 'connection: close'].join('\r\n')}\r\n\r\n`,
      )
      socket.end()
      await ended
      expect(received()).toStartWith('HTTP/1.1 403')
    }
  }
  expect(await lastSeq()).toBe(before)
})

test('[P6] a foreign page gets neither the figures nor the description, and may read no answer', async () => {
  for (const path of ['/metrics', '/api/openapi.json']) {
    for (const origin of ['https://evil.example', 'null', `${url}0`])
      expect((await fetch(url + path, { headers: { origin } })).status).toBe(403)
    for (const headers of [{}, { origin: url }]) expect((await fetch(url + path, { headers })).status).toBe(200)
  }
  for (const path of ['/', '/healthz', '/metrics', '/api/openapi.json', '/avatars/x', '/ws', '/api/sync']) {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await fetch(url + path, { method, headers })
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  }
})

test('a form of a foreign page cannot pose as JSON', async () => {
  const text = JSON.stringify({ conversation, id: crypto.randomUUID(), body: { kind: 'text', text: 'x' } })
  const before = await lastSeq()
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
    'application/jsonp',
  ]) {
    const headers = { 'content-type': type, cookie: `rookery=${one.token}` }
    expect((await post(url, 'messages.send', text, headers)).status).toBe(400)
  }
  expect(await lastSeq()).toBe(before)
  expect((await post(url, 'messages.send', text, { cookie: `rookery=${one.token}` })).status).toBe(200)
})

test('requests under way at once are limited; those over it are refused and the socket is kept', async () => {
  const wire = await openWire(url, one)
  const asked = Array.from({ length: LIMITS.requestsInFlight * 3 }, (_, index) =>
    wire.askRaw(index, frameOf(400, index)),
  )
  const before = await lastSeq()
  const answers = await Promise.all(asked)
  const accepted = answers.filter(({ ok }) => ok).length
  const refused = answers.filter((answer) => !answer.ok)
  expect(accepted).toBeGreaterThanOrEqual(LIMITS.requestsInFlight)
  expect(refused.length).toBeGreaterThan(0)
  for (const answer of refused) expect(answer).toEqual({ ok: false, code: 'too_many_requests', retry_after_ms: 100 })
  expect((await lastSeq()) - before).toBeLessThanOrEqual(accepted)
  await expectKept(wire)
  wire.close()
})

test('a flood gets too_many_requests with the time to wait; the socket is kept, and after that time it serves', async () => {
  const strict = await startTestServer({ ROOKERY_RATE: '5' })
  const pair = await makePair(strict.url)
  const wire = await openWire(strict.url, pair.one)
  const answers = await Promise.all(Array.from({ length: 110 }, () => wire.ask('presence.list')))
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer]))
  expect(refused.length).toBeGreaterThanOrEqual(50)
  for (const answer of refused) expect(answer.code).toBe('too_many_requests')
  const wait = Math.max(...refused.map(({ retry_after_ms }) => retry_after_ms ?? Number.NaN))
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(200)
  const calm = await connectDevice(strict.url, pair.other.token)
  expect(calm.state().conversations.size).toBe(1)
  calm.close()
  await Bun.sleep(wait)
  expect(await wire.ask('presence.list')).toMatchObject({ ok: true })
  const posted = await Promise.all(
    Array.from({ length: 60 }, () => post(strict.url, 'sync', { rev: 0 }, bearer(pair.one))),
  )
  const late = posted.find(({ status }) => status === 429)
  expect(Number(late?.headers.get('retry-after'))).toBe(1)
  wire.close()
  await strict.stop()
})

test('[P9] a flood of what there is not is held back by both doors, before log-in too', async () => {
  const strict = await startTestServer({ ROOKERY_RATE_VISITOR: '1' })
  const posted = await Promise.all(Array.from({ length: 30 }, (_, index) => post(strict.url, `nope.${index}`, {})))
  // Ten at once, and one more for each second that this takes.
  expect(posted.filter(({ status }) => status === 404).length).toBeLessThan(15)
  expect(posted.filter(({ status }) => status === 429).length).toBeGreaterThan(15)
  const wire = await openWire(strict.url)
  const framed = await Promise.all(Array.from({ length: 100 }, (_, index) => wire.ask(`nope.${index}`)))
  const held = framed.filter((answer) => !answer.ok && answer.code === 'too_many_requests')
  expect(held.length).toBeGreaterThan(90)
  expect(await (await fetch(`${strict.url}/metrics`)).text()).not.toContain('nope')
  wire.close()
  await strict.stop()
})
