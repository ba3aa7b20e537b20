/** Requests of whose Host no address can be made, and what throws behind the doors: neither speaks past the log. */
import { expect, test } from 'bun:test'
import { openSqliteStore } from '../packages/server/store/sqlite/store.ts'
import { makeFolder, spawnServer, startTestServer } from './harness.ts'
import { openTcp } from './wire.ts'

const upgrade = [
  'connection: Upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
]
const hosts = ['[[[', '', 'x/y?z#', 'a:99999', 'a b', 'u@a', '\xff']
const paths = ['/', '/ws', '/healthz', '/metrics', '/api/openapi.json', '/avatars/x', '/%', '/nothing.here']

/** Every request, one after the other on one connection; the whole of what came back. */
async function askAll(url: string, requests: readonly (readonly string[])[]): Promise<string> {
  const { socket, received, ended } = await openTcp(
    url,
    requests.map((lines) => `${lines.join('\r\n')}\r\n\r\n`).join(''),
  )
  socket.end()
  await ended
  return received()
}

test('a Host that makes no address is answered with 400 on every path, and nothing is printed', async () => {
  const server = await spawnServer({ ROOKERY_LOG: 'info' })
  const before = server.output()
  for (const host of hosts)
    for (const path of paths)
      for (const more of [[], upgrade]) {
        const answer = await askAll(server.url, [[`GET ${path} HTTP/1.1`, `host: ${host}`, ...more]])
        expect([host, path, answer.slice(0, 12)]).toEqual([host, path, 'HTTP/1.1 400'])
        expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff')
      }
  for (const lines of [['GET /ws HTTP/1.0'], ['GET /ws HTTP/1.0', ...upgrade]])
    expect(await askAll(server.url, [lines])).toMatch(/^HTTP\/1\.[01] 400/)
  const pipelined = Array.from({ length: 2_000 }, () => ['GET /ws HTTP/1.1', 'host: [[[', ...upgrade])
  expect(await askAll(server.url, pipelined)).not.toContain('HTTP/1.1 500')
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect(server.output()).toBe(before)
  await server.stop()
})

test('what throws behind the door is answered with 500 and the headers of every answer', async () => {
  const store = await openSqliteStore(makeFolder(), () => {})
  const contacts = { ...store.contacts, avatar: () => Promise.reject(new Error('a bug')) }
  const server = await startTestServer({ ROOKERY_LOG: 'silent' }, { store: { ...store, contacts } })
  const response = await fetch(`${server.url}/avatars/${'a'.repeat(22)}`)
  expect(response.status).toBe(500)
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(await response.text()).not.toContain('bug')
  // What is no picture's name is not looked for.
  expect((await fetch(`${server.url}/avatars/a%00`)).status).toBe(404)
  await server.stop()
  await store.close()
})
