/** Peers that say nothing, never finish, or never listen. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { connect as connectTcp, type Socket } from 'node:net'
import { closeCodes, LIMITS } from '@rookery/protocol'
import { makePair, signUp, spawnServer, until, type LogIn, type ServerProcess } from './harness.ts'
import { openTcp, openWire, post } from './wire.ts'

/** In a process of its own, so that its memory is its own. */
let server: ServerProcess
let url: string

beforeAll(async () => {
  server = await spawnServer()
  url = server.url
})
afterAll(() => server.stop())

const deadline = LIMITS.logInDeadlineMs

async function readMetric(name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])
}

const upgrade = [
  'GET /ws HTTP/1.1',
  'host: x',
  'connection: Upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
]

const postHead = `POST /api/sessions.current HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n`

test('[P7] who says nothing before log-in is closed after ten seconds, by whatever door', async () => {
  const silent = {
    'no byte': openTcp(url, ''),
    'half a head': openTcp(url, 'POST /api/sync HTTP/1.1\r\nhost: x\r\n'),
    'half a body': openTcp(url, `${postHead}{"x":`),
    'no body': openTcp(url, postHead),
    'a kept connection': openTcp(url, 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'),
    'half an upgrade': openTcp(url, upgrade.join('\r\n')),
  }
  const dripping = {
    'a head byte by byte': openTcp(url, 'POST /api/sync HTTP/1.1\r\nhost: x\r\nx: '),
    'a body byte by byte': openTcp(url, postHead),
  }
  const drips = await Promise.all(Object.values(dripping))
  const began = performance.now()
  const closedAt = (code: Promise<number>) => code.then((value) => [value, performance.now() - began] as const)
  const quiet = await openWire(url)
  const pinging = await openWire(url)
  const refused = await openWire(url)
  const asking = setInterval(() => {
    pinging.send(JSON.stringify({ id: 1, op: 'tickets.read', in: { ticket: 'a'.repeat(43) } }))
    refused.send(JSON.stringify({ id: 1, op: 'presence.list', in: {} }))
    for (const { socket } of drips) socket.write('x')
  }, 1_000)
  const patient = await openWire(url, await signUp(url, 'patient'))
  const codes = Promise.all([quiet, pinging, refused].map(({ closed }) => closedAt(closed)))
  const tcps = await Promise.all(
    Object.entries({ ...silent, ...dripping }).map(
      async ([name, opening]) => [name, await (await opening).ended] as const,
    ),
  )
  clearInterval(asking)
  for (const [name, after] of tcps) expect([name, after < deadline + 5_000]).toEqual([name, true])
  for (const [code, after] of await codes) {
    expect(code).toBe(closeCodes.logInDeadline)
    expect(after).toBeGreaterThanOrEqual(deadline - 100)
    expect(after).toBeLessThan(deadline + 3_000)
  }
  expect(await patient.ask('presence.list')).toMatchObject({ ok: true })
  patient.close()
  // No stranger fills the log by breaking off.
  expect(server.output()).not.toContain('Error')
}, 30_000)

test('who never reads is closed, others are served meanwhile, and the server’s memory stays bounded', async () => {
  const { one, other, conversation } = await makePair(url)
  const before = await readMetric('rookery_memory_bytes')
  const readers = 20
  const deaf = await Promise.all(Array.from({ length: readers }, () => openDeaf(other)))
  await until(async () => (await readMetric('rookery_connections')) === readers)
  const sender = await openWire(url, one)
  const text = '甲'.repeat(LIMITS.textLength)
  // What the kernel holds for a socket comes first (some megabytes), then the server's own limit of one.
  const sent = async () => {
    const asked = Array.from({ length: 100 }, () =>
      sender.ask('messages.send', { conversation, id: crypto.randomUUID(), body: { kind: 'text', text } }),
    )
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ ok: true })
    return (await readMetric('rookery_connections')) === 1
  }
  await until(sent, 20_000)
  const grown = (await readMetric('rookery_memory_bytes')) - before
  expect(grown).toBeLessThan(250 * 1024 * 1024)
  for (const socket of deaf) socket.destroy()
  const page = await post(url, 'messages.page', { conversation }, { authorization: `Bearer ${other.token}` })
  expect(page.status).toBe(200)
  sender.close()
}, 40_000)

/** A device that is logged in and reads no more than that. */
async function openDeaf({ token }: LogIn): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connectTcp(Number(port), hostname)
  socket.on('error', () => socket.destroy())
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(`${[...upgrade, `cookie: rookery=${token}`].join('\r\n')}\r\n\r\n`)
  await new Promise((resolve) => socket.once('data', resolve))
  socket.pause()
  return socket
}
