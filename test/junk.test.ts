/** Junk on the old protocol's port. `ROOKERY_JUNK=1000000` is what a release is held to. */
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { callOnce } from '@rookery/client'
import { choosePort, password, spawnServer } from './harness.ts'
import { openOldClient } from './old-client.ts'

const count = Number(process.env.ROOKERY_JUNK ?? 20_000)
const burst = 20
/** Sockets that take turns: a single one would be held up by its own costly requests. */
const strangers = 50

const field = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ':',
    '::',
    '\n',
    '\0',
    '𝟘',
    '10001',
    '00000010001',
    '20171000001',
    '99999999999',
    '1e5',
    '-1',
    '0x10',
  ),
  fc.integer().map(String),
)
const request = fc
  .tuple(
    fc.constantFrom('01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '99'),
    fc.array(field, { maxLength: 6 }),
  )
  .map(([kind, fields]) => Buffer.from(`${kind}#${fields.map((one) => `${one}#`).join('')}`))
const manyFields = fc.constant(Buffer.from(`03#${'a#'.repeat(20_000)}`))
const bytes = fc.uint8Array({ maxLength: 2_000 }).map((array) => Buffer.from(array))
const cut = fc.tuple(request, fc.nat(30)).map(([whole, length]) => whole.subarray(0, length))
const badText = request.map((whole) => Buffer.concat([whole.subarray(0, -1), Buffer.from([0xff, 0xc3, 0x28, 0x23])]))
const datagram = fc.oneof(
  { weight: 80, arbitrary: request },
  { weight: 40, arbitrary: bytes },
  { weight: 30, arbitrary: cut },
  { weight: 20, arbitrary: badText },
  { weight: 1, arbitrary: manyFields },
)

/** KiB that a process holds in memory. */
function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

test(`${count} datagrams of junk: silence or a short reply, no exception, flat memory, and nobody disturbed`, async () => {
  const udp = `127.0.0.1:${choosePort()}`
  const server = await spawnServer({ ROOKERY_UDP: udp, ROOKERY_UDP_RATE: '1000000', ROOKERY_UDP_RATE_ALL: '1000000' })
  const [host = '', port = ''] = udp.split(':')
  const user = await openOldClient(udp)
  expect(await user.ask(`01#20171000001#${password}#${password}#`)).toBe('01:01')
  expect(await user.ask(`02#20171000001#${password}#`)).toBe('02:01')

  const sockets = Array.from({ length: strangers }, () => createSocket('udp4'))
  let replies = 0
  let longest = 0
  for (const socket of sockets) {
    // Another address than the user's, who shall not have to wait for its guesses.
    socket.bind(0, '127.0.0.9')
    socket.on('message', (data) => {
      replies += 1
      longest = Math.max(longest, data.length)
    })
  }
  const corpus = fc.sample(datagram, { numRuns: 5_000, seed: 21_568 })
  const throwBurst = async (from: number) => {
    for (let index = from; index < from + burst; index += 1) {
      sockets[index % strangers]?.send(corpus[index % corpus.length] as Buffer, Number(port), host)
    }
    await Bun.sleep(1)
  }
  for (let sent = 0; sent < count / 5; sent += burst) await throwBurst(sent)
  const early = residentOf(server.pid)
  for (let sent = count / 5; sent < count; sent += burst) await throwBurst(sent)
  await Bun.sleep(200)
  const late = residentOf(server.pid)

  expect(replies).toBeGreaterThan(count / 20)
  expect(longest).toBe(5)
  expect(await user.ask('08#')).toBe('08:0')
  expect(server.output()).not.toContain('failed')
  expect(server.output()).not.toContain('threw')
  // A leak of a few hundred bytes for each datagram would show as tens of megabytes; a heap breathes by less.
  expect(late - early).toBeLessThan(30_000 + count * 0.02)
  console.log(
    `${replies} replies; ${Math.round(early / 1024)} MB after a fifth, ${Math.round(late / 1024)} MB after all`,
  )
  const found = await callOnce(server.url, 'sessions.logIn', { login: '20171000001', password })
  expect(found.ok).toBe(true)
  for (const socket of sockets) socket.close()
  user.close()
  await server.stop()
}, 300_000)

test('before log-in an answer to what is no known request is never longer than it', async () => {
  const udp = `127.0.0.1:${choosePort()}`
  const server = await spawnServer({ ROOKERY_UDP: udp })
  const stranger = await openOldClient(udp)
  for (const junk of ['', 'x', '#', '99', '99#', '9#1#', 'hello', '\0\0\0', '03', '08', '#08#']) {
    stranger.throw(junk)
    expect(await stranger.listen(30)).toBeNull()
  }
  expect(await stranger.ask('99#1#')).toBe('00:00')
  stranger.close()
  await server.stop()
})

test('a flood from one address is met with silence, and passes', async () => {
  const udp = `127.0.0.1:${choosePort()}`
  const server = await spawnServer({ ROOKERY_UDP: udp, ROOKERY_UDP_RATE: '5' })
  const stranger = await openOldClient(udp)
  for (let index = 0; index < 500; index += 1) stranger.throw('99#flood#')
  let replies = 0
  while ((await stranger.listen(300)) !== null) replies += 1
  expect(replies).toBeGreaterThan(40)
  expect(replies).toBeLessThan(70)
  expect(await stranger.ask('99#later#')).toBe('00:00')
  stranger.close()
  await server.stop()
})

test('who is not on the list of networks is not answered', async () => {
  const udp = `127.0.0.1:${choosePort()}`
  const server = await spawnServer({ ROOKERY_UDP: udp, ROOKERY_UDP_ALLOW: '10.0.0.0/8,::1' })
  const stranger = await openOldClient(udp)
  stranger.throw('99#hello#')
  expect(await stranger.listen(200)).toBeNull()
  stranger.close()
  await server.stop()
})
