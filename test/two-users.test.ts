/** Two people, one after the other, at one browser. */
import { expect, test } from 'bun:test'
import { connect } from '@rookery/client'
import { openCable } from '../packages/cli/verify/cable.ts'
import { connectDevice, makePair, signUp, startTestServer, waitFor } from './harness.ts'

/** A browser's WebSocket sends the cookie of the moment at which it connects. */
function connectByCookie(url: string, cookie: () => string) {
  const Original = globalThis.WebSocket
  class WithCookie extends Original {
    constructor(address: string | URL) {
      super(address, { headers: { cookie: cookie() } } as never)
    }
  }
  globalThis.WebSocket = WithCookie
  return { client: connect({ url }), restore: () => void (globalThis.WebSocket = Original) }
}

test('[D8] a window that comes back as another user shows and sends nothing of the first', async () => {
  const server = await startTestServer()
  const proxy = await openCable([server.url])
  const { one, other, conversation } = await makePair(server.url)
  const second = await signUp(server.url, 'second')
  let token = one.token
  const { client, restore } = connectByCookie(proxy.url, () => `rookery=${token}`)
  await waitFor(client, ({ synced, conversations }) => synced && conversations.has(conversation))
  proxy.cut()
  await waitFor(client, ({ connection }) => connection.kind === 'waiting')
  client.send(conversation, 'written by the first')
  token = second.token
  proxy.mend()
  await waitFor(client, ({ me, synced }) => me?.number === second.me.number && synced)
  expect(client.state().conversations.size).toBe(0)
  expect(client.state().contacts.size).toBe(0)
  restore()
  const device = await connectDevice(server.url, other.token)
  expect(device.state().conversations.get(conversation)?.last_seq).toBe(0)
  client.close()
  device.close()
  proxy.close()
  await server.stop()
})
