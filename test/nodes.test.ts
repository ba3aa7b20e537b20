/** Two nodes are one messenger: live delivery, revocation, presence, and what becomes of them while NATS is cut. */
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { callOnce, type Client } from '@rookery/client'
import { closeCodes } from '@rookery/protocol'
import { openCable } from '../packages/cli/verify/cable.ts'
import {
  choosePort,
  connectDevice,
  logIn,
  makeFolder,
  makePair,
  measure,
  signUp,
  textOf,
  until,
  waitFor,
  type LogIn,
  type Settings,
} from './harness.ts'
import { startNodes, type Installation, type Node } from './nodes.ts'
import { openOldClient, type OldClient } from './old-client.ts'
import { openWire, type Wire } from './wire.ts'

let installation: Installation
let one: Node
let other: Node
const open: (Client | Wire | OldClient)[] = []

beforeAll(async () => {
  installation = await startNodes({ ROOKERY_UDP: '127.0.0.1:0' })
  ;[one, other] = installation.nodes
})
afterEach(() => {
  for (const device of open.splice(0)) device.close()
})
afterAll(() => installation.stop())

async function connectTo({ url }: Pick<Node, 'url'>, { token }: LogIn): Promise<Client> {
  const device = await connectDevice(url, token)
  open.push(device)
  return device
}

async function openWireTo({ url }: Node, logInOf: LogIn): Promise<Wire> {
  const wire = await openWire(url, logInOf)
  open.push(wire)
  return wire
}

async function openOldClientAt({ udp }: Node): Promise<OldClient> {
  const client = await openOldClient(udp ?? '')
  open.push(client)
  return client
}

const lastSeq = (device: Client, conversation: number) => device.state().conversations.get(conversation)?.last_seq

const say = async ({ url }: Node, conversation: number, text: string, { token }: LogIn) => {
  const input = { conversation, id: crypto.randomUUID(), body: { kind: 'text', text } } as const
  const sent = await callOnce(url, 'messages.send', input, { token })
  if (!sent.ok) throw new Error(sent.code)
}

const closedWithin = (wire: Wire, milliseconds: number) =>
  Promise.race([wire.closed, Bun.sleep(milliseconds).then(() => 'still open')])

const texts = (device: Client, conversation: number) =>
  device.state().conversations.get(conversation)?.messages.map(textOf)

describe('joined', () => {
  test('[D2] [D7] messages, read marks and typing pass between the nodes, live and in order', async () => {
    const pair = await makePair(one.url)
    const [writer, reader] = [await connectTo(one, pair.one), await connectTo(other, pair.other)]
    const again = await connectTo(other, pair.one)
    const { conversation } = pair
    writer.look([conversation])
    await writer.call('presence.list', {})
    const expected = Array.from({ length: 100 }, (_, index) => `text ${index}`)
    for (const text of expected) writer.send(conversation, text)
    await until(() => lastSeq(reader, conversation) === 100 && lastSeq(again, conversation) === 100)
    expect(texts(reader, conversation)?.slice(-50)).toEqual(expected.slice(-50))
    expect(texts(again, conversation)?.slice(-50)).toEqual(expected.slice(-50))
    reader.typing(conversation)
    await waitFor(writer, ({ conversations }) => (conversations.get(conversation)?.typing.length ?? 0) > 0)
    reader.read(conversation, 100)
    await waitFor(writer, ({ conversations }) => conversations.get(conversation)?.peer_read_seq === 100)
  })

  test('[D10] a session that one node ends is closed at the other within a second', async () => {
    const { one: owner } = await makePair(one.url)
    const lost = await logIn(other.url, String(owner.me.number))
    const wire = await openWireTo(other, lost)
    await callOnce(one.url, 'sessions.revoke', { session: lost.session }, owner)
    expect(await closedWithin(wire, 1_000)).toBe(closeCodes.sessionRevoked)
  })

  test('who is online anywhere is online, and leaves when the last device has', async () => {
    const pair = await makePair(one.url)
    const later = await signUp(one.url, 'who leaves later')
    await callOnce(one.url, 'contacts.request', { number: pair.one.me.number }, later)
    const number = pair.other.me.number
    const watcher = await connectTo(one, pair.one)
    const isOnline = () => watcher.state().online.has(number)
    const [here, there] = [await openWireTo(one, pair.other), await openWireTo(other, pair.other)]
    const third = await openWireTo(one, later)
    await until(() => isOnline() && watcher.state().online.has(later.me.number))
    const heard: boolean[] = []
    const stop = watcher.subscribe(() => heard.push(isOnline()))
    here.close()
    third.close()
    await until(() => !watcher.state().online.has(later.me.number))
    expect(heard).not.toContain(false)
    expect(isOnline()).toBe(true)
    there.close()
    expect(await measure(() => !isOnline())).toBeLessThan(4_000)
    stop()
  })

  test('lists say who and which devices are online, asked at either node', async () => {
    const pair = await makePair(one.url)
    await openWireTo(other, pair.other)
    for (const { url } of [one, other]) {
      expect(await callOnce(url, 'presence.list', {}, pair.one)).toEqual({
        ok: true,
        value: { people: [{ number: pair.other.me.number, status: 'online' }] },
      })
      expect(await callOnce(url, 'sessions.list', {}, pair.other)).toMatchObject({
        value: { sessions: [{ session: pair.other.session, online: true }] },
      })
    }
  })

  test('[D15] an old client writes to somebody online at another node, and gets what comes from there', async () => {
    const pair = await makePair(one.url)
    const client = await openOldClientAt(one)
    const [from, to] = [pair.one.me.number, pair.other.me.number]
    expect(await client.ask(`02#${from}#correct horse#`)).toBe('02:01')
    expect(await client.ask(`03#${to}#nobody is there#`)).toBe('03:02')
    const reader = await connectTo(other, pair.other)
    expect(await client.ask(`03#${to}#hello#`)).toBe('03:01')
    await until(() => lastSeq(reader, pair.conversation) === 1)
    reader.send(pair.conversation, 'hello yourself')
    await until(async () => (await client.ask('08#')) === '08:1')
    expect(await client.ask('06#')).toBe('06:01')
  })
})

test('what the operator does from the command line reaches the devices of every node at once', async () => {
  const [owner, friend] = [await signUp(one.url, 'imports'), await signUp(other.url, 'is imported')]
  const [device, theirs] = [await connectTo(one, owner), await connectTo(other, friend)]
  const file = join(installation.folder, 'Friends.txt')
  await Bun.write(file, `is imported:${String(friend.me.number).padStart(11, '0')}\n`)
  const args = ['import', 'friends', file, '--user', String(owner.me.number)]
  const settings = { ROOKERY_DATA: installation.folder, NATS_URL: installation.nats.url }
  expect(await run(args, settings)).toMatchObject({ code: 0 })
  await until(() => device.state().contacts.has(friend.me.number) && theirs.state().contacts.has(owner.me.number))
})

describe('while NATS is cut', () => {
  test('[D7] [D10] [P37] [Y25] both nodes serve on, close what is revoked, and afterwards all devices are equal', async () => {
    const pair = await makePair(one.url)
    const { conversation } = pair
    const lost = await logIn(one.url, String(pair.other.me.number))
    const [here, there] = [await connectTo(one, pair.one), await connectTo(other, pair.other)]
    const near = await connectTo(one, pair.other)
    const doomed = await openWireTo(other, lost)
    const bare = await openWireTo(other, pair.other)
    const old = await openOldClientAt(other)
    expect(await old.ask(`02#${pair.other.me.number}#correct horse#`)).toBe('02:01')
    expect(await old.ask('08#')).toBe('08:0')
    const cut = Promise.all([one, other].map(({ url }) => until(() => figure(url, 'rookery_bus_connected', 0))))
    await installation.nats.stop('SIGKILL')
    await cut

    await callOnce(one.url, 'sessions.revoke', { session: lost.session }, pair.other)
    expect(await closedWithin(doomed, 2_000)).toBe(closeCodes.sessionRevoked)
    for (let index = 1; index <= 20; index += 1) await say(one, conversation, `text ${index}`, pair.one)
    await until(() => lastSeq(near, conversation) === 20 && lastSeq(here, conversation) === 20)
    expect(lastSeq(there, conversation)).toBe(0)
    expect(await old.ask('08#')).toBe('08:0')
    expect(await there.call('presence.list', {})).toMatchObject({ ok: true })

    await installation.nats.start()
    const healed = await measure(() => lastSeq(there, conversation) === 20)
    expect(healed).toBeLessThan(10_000)
    expect(texts(there, conversation)).toEqual(texts(here, conversation) as string[])
    expect(bare.pushes.map(({ push }) => push)).toContain('compare')
    await until(async () => (await old.ask('08#')) === '08:20')
    for (const device of [here, there])
      await until(() => device.state().online.has((device === here ? pair.other : pair.one).me.number))
    there.send(conversation, 'live again')
    await until(() => lastSeq(here, conversation) === 21, 1_000)
    expect(await figure(one.url, 'rookery_bus_connected', 1)).toBe(true)
    expect(await figure(one.url, 'rookery_bus_reconnects_total', 1)).toBe(true)
    await old.ask('06#')
  })

  test('[D7] [D10] a wire that dies in silence is noticed by both sides, whichever of them wrote', async () => {
    const pair = await makePair(one.url)
    const { conversation } = pair
    const lost = await logIn(one.url, String(pair.other.me.number))
    const [here, there] = [await connectTo(one, pair.one), await connectTo(other, pair.other)]
    const doomed = await openWireTo(other, lost)
    other.wire.cable.freeze()
    await callOnce(one.url, 'sessions.revoke', { session: lost.session }, pair.other)
    expect(await closedWithin(doomed, 3_000)).toBe(closeCodes.sessionRevoked)
    await say(one, conversation, 'from the side that is whole', pair.one)
    await say(other, conversation, 'from the other', pair.other)
    other.wire.cable.drop()
    other.wire.cable.mend()
    await until(() => lastSeq(here, conversation) === 2 && lastSeq(there, conversation) === 2)
    expect(texts(here, conversation)).toEqual(texts(there, conversation) as string[])
  })

  test('who was connected to a node that died is offline within 30 s, and online when it was not dead after all', async () => {
    const pair = await makePair(one.url)
    const number = pair.other.me.number
    const watcher = await connectTo(one, pair.one)
    await openWireTo(other, pair.other)
    await until(() => watcher.state().online.has(number))
    other.wire.cable.cut()
    expect(await measure(() => !watcher.state().online.has(number), 30_000)).toBeLessThan(20_000)
    other.wire.cable.mend()
    await until(() => watcher.state().online.has(number))
  }, 60_000)
})

describe('a node that stops', () => {
  test('[D7] its devices go on at another node, at once and without a loss, and nobody sees them leave', async () => {
    const third = await installation.join()
    const pair = await makePair(one.url)
    const { conversation } = pair
    const cable = await openCable([third.url, other.url])
    const [writer, reader] = [await connectTo(one, pair.one), await connectTo(cable, pair.other)]
    const bare = await openWireTo(one, pair.one)
    await until(() => writer.state().online.has(pair.other.me.number))
    const sawLeave: boolean[] = []
    const unwatch = writer.subscribe(() => sawLeave.push(!writer.state().online.has(pair.other.me.number)))
    const arrivals: number[] = []
    const stopCounting = reader.subscribe(() => {
      while (arrivals.length < (lastSeq(reader, conversation) ?? 0)) arrivals.push(performance.now())
    })
    let sent = 0
    const sending = setInterval(() => writer.send(conversation, `text ${(sent += 1)}`), 20)
    await until(() => arrivals.length > 10)
    await third.stop()
    await until(() => bare.pushes.some(({ push }) => push === 'compare'))
    clearInterval(sending)
    await until(() => arrivals.length === sent)
    const longest = Math.max(...arrivals.map((at, index) => at - (arrivals[index - 1] ?? at)))
    expect(longest).toBeLessThan(2_000)
    expect(sawLeave).not.toContain(true)
    unwatch()
    stopCounting()
    cable.close()
  })

  test('who had a device nowhere else is offline for everybody soon after', async () => {
    const third = await installation.join()
    const pair = await makePair(one.url)
    const watcher = await connectTo(one, pair.one)
    await openWireTo(third, pair.other)
    await until(() => watcher.state().online.has(pair.other.me.number))
    await third.stop()
    expect(await measure(() => !watcher.state().online.has(pair.other.me.number))).toBeLessThan(5_000)
  })
})

test('where NATS cannot be reached the server does not start, and says in one line how to mend it', async () => {
  const NATS_URL = 'nats://rookery:secret@127.0.0.1:9'
  const { code, out, err } = await run(['serve'], { ROOKERY_DATA: makeFolder(), PORT: String(choosePort()), NATS_URL })
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^Cannot start: NATS at nats:\/\/127\.0\.0\.1:9 cannot be used \(.+\)\..* NATS_URL.*\n$/)
  expect(err).not.toContain('secret')
})

/** The `rookery` command. */
async function run(args: readonly string[], settings: Settings): Promise<{ code: number; out: string; err: string }> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, '../packages/cli/main.ts'), ...args], {
    env: { ...process.env, ...settings },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err] = await Promise.all([child.stdout, child.stderr].map((stream) => new Response(stream).text()))
  return { code: await child.exited, out: out ?? '', err: err ?? '' }
}

async function figure(url: string, name: string, value: number): Promise<boolean> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return text.includes(`\n${name} ${value}\n`)
}
