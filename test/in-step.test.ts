/** Scenes of docs/sync.md: a device that was away, a new one, one that starts from its cache; and who gets hints. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { callOnce, connect, createMemoryCache, type Cache, type Client, type HostedClient } from '@rookery/client'
import { LIMITS, type Input, type Output } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { openCable } from '../packages/cli/verify/cable.ts'
import { connectDevice, type LogIn, makePair, signUp, startTestServer, textOf, until, waitFor } from './harness.ts'
import { openWire } from './wire.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

interface Center {
  readonly center: LogIn
  readonly peers: readonly { readonly logIn: LogIn; readonly conversation: number }[]
}

/** Somebody with that many contacts, who have each said one thing. */
async function makeCenter(count: number): Promise<Center> {
  const mark = crypto.randomUUID().slice(0, 8)
  const center = await signUp(server.url, `center ${mark}`)
  const peers: Center['peers'][number][] = []
  for (let index = 0; index < count; index += 1) {
    const logIn = await signUp(server.url, `peer ${mark} ${index}`)
    await callOnce(server.url, 'contacts.request', { number: center.me.number }, logIn)
    const answer = await sync(logIn, { rev: 0 })
    const conversation = answer.memberships[0]?.conversation ?? 0
    await say(logIn, conversation, 'hello')
    peers.push({ logIn, conversation })
  }
  return { center, peers }
}

async function sync({ token }: LogIn, input: Input<'sync'>): Promise<Output<'sync'>> {
  const answer = await callOnce(server.url, 'sync', input, { token })
  if (!answer.ok) throw new Error(answer.code)
  return answer.value
}

async function say({ token }: LogIn, conversation: number, text: string): Promise<void> {
  const input = { conversation, id: crypto.randomUUID(), body: { kind: 'text', text } } as const
  const sent = await callOnce(server.url, 'messages.send', input, { token })
  if (!sent.ok) throw new Error(sent.code)
}

/** Asks on until there is no more. */
async function catchUp(logIn: LogIn): Promise<Output<'sync'>[]> {
  const pages = [await sync(logIn, { rev: 0 })]
  for (let last = pages[0]; last?.more; last = pages.at(-1))
    pages.push(await sync(logIn, { epoch: last.epoch, rev: last.rev, cursor: last.cursor }))
  return pages
}

test('[D13] [Y7] [Y10] [Y11] a new device gets its list first, then the rest; later only what differs', async () => {
  const { center, peers } = await makeCenter(30)
  const pages = await catchUp(center)
  const [first] = pages
  expect(first?.conversations).toHaveLength(LIMITS.syncFirst)
  expect(first?.conversations[0]).toMatchObject({ conversation: peers.at(-1)?.conversation, unread: 1 })
  for (const { messages } of first?.conversations ?? []) expect(messages).toHaveLength(1)
  const shown = new Set(first?.memberships.map(({ conversation }) => conversation))
  for (const { conversation } of first?.conversations ?? []) expect(shown.has(conversation)).toBe(true)
  expect(new Set(pages.flatMap((page) => page.conversations.map(({ conversation }) => conversation))).size).toBe(30)
  expect(pages).toHaveLength(2)

  const changed = [peers[3], peers[17]] as const
  for (const peer of changed) if (peer) await say(peer.logIn, peer.conversation, 'again')
  const last = pages.at(-1) as Output<'sync'>
  const { epoch, rev, cursor } = last
  const answer = await sync(center, { epoch, rev, cursor })
  expect(answer.conversations.map(({ conversation, messages }) => [conversation, messages.length])).toEqual(
    changed.toReversed().map((peer) => [peer?.conversation ?? 0, 1]),
  )
  expect(answer).toMatchObject({ contacts: [], memberships: [], total: 32, more: false, reset: false })
  expect(JSON.stringify(answer).length).toBeLessThan(1_500)
})

test('[D7] [Y13] thirty chats, pages, pushes and cables: the device has all of them', async () => {
  const { center, peers } = await makeCenter(25)
  const cable = await openCable([server.url])
  const device = await connectDevice(cable.url, center.token)
  expect(device.state().conversations.size).toBe(25)
  cable.cut()
  await waitFor(device, ({ connection }) => connection.kind === 'waiting')
  for (const { logIn, conversation } of peers.slice(0, 5)) await say(logIn, conversation, 'while away')
  cable.mend()
  device.wake()
  const heldAll = () => peers.slice(0, 5).every(({ conversation }) => lastSeq(device, conversation) === 2)
  await until(heldAll)
  device.close()
  cable.close()
})

const lastSeq = (device: Client, conversation: number) => device.state().conversations.get(conversation)?.last_seq

function start(cache: Cache, token: string, url = server.url): HostedClient {
  return connect({ url, token, cache: Promise.resolve(cache) })
}

/** A cache that lives on when its client closes, as a file does. */
function makeLastingCache(): Cache {
  return { ...createMemoryCache(), close() {} }
}

test('[D13] [Y3] [Y9] a device starts from its cache, gets what it missed, and fills the hole when asked', async () => {
  const { one, other, conversation } = await makePair(server.url)
  const cache = makeLastingCache()
  for (let index = 1; index <= 10; index += 1) await say(one, conversation, `text ${index}`)
  const before = start(cache, other.token)
  await waitFor(before, ({ synced }) => synced)
  while (await before.loadOlder(conversation));
  await Promise.resolve(before.close())

  for (let index = 11; index <= 120; index += 1) await say(one, conversation, `text ${index}`)
  const after = start(cache, other.token)
  await waitFor(after, ({ conversations }) => conversations.get(conversation)?.last_seq === 120)
  expect(after.state().conversations.get(conversation)?.messages).toHaveLength(LIMITS.syncMessages)
  expect(after.state().conversations.get(conversation)?.unread).toBe(100)
  while (await after.loadOlder(conversation));
  const texts = after.state().conversations.get(conversation)?.messages.map(textOf)
  expect(texts).toEqual(Array.from({ length: 120 }, (_, index) => `text ${index + 1}`))
  after.close()
})

test('[D3] [D4] [D5] [Y4] what was written offline goes out once and in order, whatever happens to the device', async () => {
  const { one, other, conversation } = await makePair(server.url)
  const cache = makeLastingCache()
  const cable = await openCable([server.url])
  const first = start(cache, one.token, cable.url)
  await waitFor(first, ({ synced }) => synced)
  cable.cut()
  await waitFor(first, ({ connection }) => connection.kind === 'waiting')
  const texts = ['第一', 'second', '3️⃣']
  for (const text of texts) first.send(conversation, text)
  // A crash: nobody closes anything.
  await until(async () => (await cache.load()).pending.length === 3)
  const second = start(cache, one.token, cable.url)
  await waitFor(second, ({ conversations }) => conversations.get(conversation)?.pending.length === 3)
  second.send(conversation, 'fourth')
  cable.mend()
  first.wake()
  second.wake()
  const reader = await connectDevice(server.url, other.token)
  await waitFor(reader, ({ conversations }) => conversations.get(conversation)?.last_seq === 4)
  await waitFor(second, ({ conversations }) => conversations.get(conversation)?.pending.length === 0)
  while (await reader.loadOlder(conversation));
  const log = reader.state().conversations.get(conversation)?.messages.map(textOf)
  expect(log).toEqual([...texts, 'fourth'])
  await until(async () => (await cache.load()).pending.length === 0)
  for (const client of [first, second, reader]) client.close()
  cable.close()
})

test('[D6] [Y6] how far one has read without a connection is told later, also after a restart', async () => {
  const { one, other, conversation } = await makePair(server.url)
  const cache = makeLastingCache()
  for (let index = 1; index <= 5; index += 1) await say(one, conversation, `text ${index}`)
  const cable = await openCable([server.url])
  const first = start(cache, other.token, cable.url)
  await waitFor(first, ({ synced }) => synced)
  cable.cut()
  await waitFor(first, ({ connection }) => connection.kind === 'waiting')
  first.read(conversation, 5)
  await Promise.resolve(first.close())
  const second = start(cache, other.token)
  await waitFor(second, ({ conversations }) => conversations.get(conversation)?.told_read_seq === 5)
  const fresh = await connectDevice(server.url, other.token)
  expect(fresh.state().conversations.get(conversation)).toMatchObject({ read_seq: 5, unread: 0 })
  for (const client of [second, fresh]) client.close()
  cable.close()
})

test('[D8] [Y16] hints reach those who look, and nobody else', async () => {
  const { one, other, conversation } = await makePair(server.url)
  const stranger = await signUp(server.url, 'stranger')
  const looking = await openWire(server.url, one)
  const elsewhere = await openWire(server.url, one)
  const ears = await openWire(server.url, stranger)
  const watch = { presence: true, conversations: [conversation] }
  expect(await looking.ask('hints.watch', watch)).toMatchObject({ ok: true, value: watch })
  expect(await ears.ask('hints.watch', watch)).toMatchObject({ ok: true, value: { conversations: [] } })
  expect(await ears.ask('conversations.typing', { conversation })).toEqual({ ok: false, code: 'not_member' })

  const writer = await connectDevice(server.url, other.token)
  await say(one, conversation, 'read me')
  await waitFor(writer, ({ conversations }) => conversations.get(conversation)?.last_seq === 1)
  for (let count = 0; count < 5; count += 1) writer.typing(conversation)
  writer.read(conversation, 1)
  const kinds = () => looking.pushes.map(({ push }) => push)
  await until(() => ['presence', 'typing', 'read'].every((kind) => kinds().includes(kind as never)))
  expect(kinds().filter((kind) => kind === 'typing')).toHaveLength(1)
  await elsewhere.ask('presence.list')
  await ears.ask('presence.list')
  for (const { pushes } of [elsewhere, ears])
    expect(pushes.filter(({ push }) => ['presence', 'typing', 'read'].includes(push))).toEqual([])
  writer.close()
  for (const wire of [looking, elsewhere, ears]) wire.close()
})

test('[Y16] who looks sees the other write, until the message is there', async () => {
  const { one, other, conversation } = await makePair(server.url)
  const [reader, writer] = await Promise.all([one, other].map(({ token }) => connectDevice(server.url, token)))
  reader?.look([conversation])
  await reader?.call('presence.list', {})
  // One notice may be lost: whoever goes on typing tells again, every few seconds.
  const keystrokes = setInterval(() => writer?.typing(conversation), 50)
  await waitFor(reader as Client, (state) => state.conversations.get(conversation)?.typing[0] === other.me.number)
  clearInterval(keystrokes)
  writer?.send(conversation, 'done')
  await waitFor(reader as Client, (state) => state.conversations.get(conversation)?.last_seq === 1)
  expect(reader?.state().conversations.get(conversation)?.typing).toEqual([])
  reader?.close()
  writer?.close()
})
