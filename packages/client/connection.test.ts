import { expect, test } from 'bun:test'
import type { RequestFrame } from '@rookery/protocol'
import { openConnection } from './connection.ts'

test('nothing is asked before the session goes on, however long the server takes for that', async () => {
  const heard: string[] = []
  const resumed = Promise.withResolvers<() => void>()
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: (request, self) => (self.upgrade(request) ? undefined : new Response(null, { status: 404 })),
    websocket: {
      message(ws, message) {
        const { id, op } = JSON.parse(String(message)) as RequestFrame
        heard.push(op)
        const answer = () => void ws.send(JSON.stringify({ id, ok: { session: 's', me: {} } }))
        if (op === 'sessions.resume') resumed.resolve(answer)
        else answer()
      },
    },
  })
  const opened = Promise.withResolvers<void>()
  const events = { onState() {}, onOpen: () => opened.resolve(), onPush() {} }
  const connection = openConnection(server.url.origin, 'x'.repeat(43), events)
  const answerResume = await resumed.promise
  expect(await connection.call('presence.list', {})).toEqual({ ok: false, code: 'unreachable' })
  answerResume()
  await opened.promise
  expect((await connection.call('presence.list', {})).ok).toBe(true)
  expect(heard).toEqual(['sessions.resume', 'presence.list'])
  connection.end('closed')
  await server.stop(true)
})
