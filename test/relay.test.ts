/** Old chat windows on one machine, behind the relay. */
import { expect, test } from 'bun:test'
import { openRelay } from '../packages/cli/relay-door.ts'
import { connectDevice, makePair, startTestServer, textOf, waitFor } from './harness.ts'
import { openOldClient } from './old-client.ts'

test('the windows send by name and get a count and then the messages; a stranger’s name is offline', async () => {
  const server = await startTestServer()
  const { one, other, conversation } = await makePair(server.url)
  const [home, peer] = await Promise.all([one, other].map(({ token }) => connectDevice(server.url, token)))
  if (!home || !peer) throw new Error('No devices.')
  const relay = await openRelay(home, 0, 'refuse')
  const window = await openOldClient(`127.0.0.1:${relay.port}`)
  const name = other.me.name
  await waitFor(home, ({ online }) => online.has(other.me.number))

  peer.look([conversation])
  expect(await window.ask(`04#${name}`)).toBe('04:0')
  expect(await window.ask(`03#${name}#你好: # :\n`)).toBe('03:01')
  await waitFor(peer, ({ conversations }) => textOf(conversations.get(conversation)?.messages[0]) === '你好: # :\n')
  peer.send(conversation, 'first')
  peer.send(conversation, 'a long one '.repeat(150))
  await waitFor(home, ({ conversations }) => conversations.get(conversation)?.last_seq === 3)
  expect(await window.ask(`04#${name}`)).toBe('04:3')
  const replies = [await window.listen(500), await window.listen(500), await window.listen(500)]
  expect(replies[0]).toMatch(new RegExp(`^05:${other.me.number}:[^:]{19}:first$`))
  expect(
    replies
      .slice(1)
      .map((reply) => reply?.split(':')[3])
      .join(''),
  ).toBe('a long one '.repeat(150))
  expect(await window.ask(`04#${name}`)).toBe('04:0')
  await waitFor(peer, ({ conversations }) => conversations.get(conversation)?.peer_read_seq === 3)
  expect(await window.ask('03#nobody of that name#hello')).toBe('03:02')
  expect(await window.ask('99#what')).toBe('00:00')

  const second = await openRelay(home, relay.port, 'refuse').catch((error: unknown) => error)
  expect(second).toMatchObject({ code: 'EADDRINUSE' })
  await home.call('sessions.logOut', {})
  await waitFor(home, ({ connection }) => connection.kind === 'ended')
  expect(await window.ask(`03#${name}#too late`)).toBe('07:01')
  await relay.close()
  window.close()
  peer.close()
  await server.stop()
})
