import { expect, test } from 'bun:test'
import { closeCodes, ok, serviceRestart, type Result } from '@rookery/protocol'
import { until } from '../../../test/harness.ts'
import { createLocalBus } from '../bus/local.ts'
import type { User } from '../core/context.ts'
import type { Core } from '../core/core.ts'
import type { Presence } from '../core/presence.ts'
import { createHub } from './hub.ts'
import { createWebSocketDoor, type Connection } from './websocket.ts'

const user: User = {
  address: '',
  socket: null,
  legacy: false,
  session: 'a session',
  number: 10_001,
  name: 'one',
  role: 'member',
}
const nobodyCares: Presence = {
  arrive: () => ({ rest() {}, leave() {} }),
  find: async () => new Map(),
  findConnected: async () => new Set(),
  tellStatus() {},
  close: async () => {},
}

/** The door alone, for one user; `isLive` is asked once a socket has been attached. */
function openDoor(isLive: () => Promise<boolean>, dispatch = (): Promise<Result<unknown>> => Promise.resolve(ok({}))) {
  const hub = createHub(createLocalBus(), nobodyCares, () => Promise.resolve([]))
  // The door asks its core for nothing else.
  const door = createWebSocketDoor({ isLive } as unknown as Core, hub, dispatch)
  const server = Bun.serve<Connection>({
    hostname: '127.0.0.1',
    port: 0,
    fetch: (request, self) => (door.upgrade(request, self, user) ? undefined : new Response(null, { status: 400 })),
    websocket: door.handler,
  })
  const socket = new WebSocket(server.url.href.replace('http', 'ws'))
  const closed = new Promise<number>((resolve) => (socket.onclose = ({ code }) => resolve(code)))
  const close = async () => {
    socket.close()
    door.close()
    await server.stop(true)
  }
  return { hub, door, socket, closed, close }
}

test('[D10] a session that ended between the request and the socket is noticed: first it listens, then it looks', async () => {
  const attached: number[] = []
  const { hub, closed, close } = openDoor(async () => {
    attached.push(hub.people)
    return false
  })
  expect(await closed).toBe(closeCodes.sessionRevoked)
  expect(attached).toEqual([1])
  expect(hub.people).toBe(0)
  await close()
})

test('draining: what was begun is answered, nothing more is, and every client is told to come again', async () => {
  const late = Promise.withResolvers<Result<unknown>>()
  const asked: unknown[] = []
  const { hub, door, socket, closed, close } = openDoor(
    async () => true,
    () => {
      asked.push(null)
      return late.promise
    },
  )
  const heard: string[] = []
  socket.onmessage = ({ data }) => heard.push(String(data))
  await new Promise((resolve) => (socket.onopen = resolve))
  socket.send(JSON.stringify({ id: 1, op: 'sync', in: {} }))
  await until(() => asked.length === 1)
  door.drain()
  socket.send(JSON.stringify({ id: 2, op: 'sync', in: {} }))
  expect(door.connections).toBe(1)
  late.resolve(ok('late'))
  expect(await closed).toBe(serviceRestart)
  expect(heard).toEqual(['{"id":1,"ok":"late"}'])
  expect(asked).toHaveLength(1)
  await until(() => door.connections === 0)
  expect(hub.people).toBe(0)
  await close()
})

test('closing ends also those whose answer did not come in time', async () => {
  const asked = Promise.withResolvers<void>()
  const { door, socket, closed, close } = openDoor(
    async () => true,
    () => {
      asked.resolve()
      return new Promise(() => {})
    },
  )
  await new Promise((resolve) => (socket.onopen = resolve))
  socket.send(JSON.stringify({ id: 1, op: 'sync', in: {} }))
  await asked.promise
  door.drain()
  expect(door.connections).toBe(1)
  door.close()
  expect(await closed).toBe(serviceRestart)
  await close()
})
