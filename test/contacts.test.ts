/** Becoming contacts and parting: both sides and all their devices learn at once, and the right to write goes along. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { callOnce, type Client } from '@rookery/client'
import type { ContactState } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { connectDevice, logIn, type LogIn, makePair, signUp, startTestServer, textOf, waitFor } from './harness.ts'

let server: RunningServer
let url: string

beforeAll(async () => {
  server = await startTestServer({ ROOKERY_CONTACTS: 'request' })
  url = server.url
})
afterAll(() => server.stop())

interface Person extends LogIn {
  /** Two devices, each with a session of its own. */
  readonly devices: readonly Client[]
}

let people = 0

async function makePerson(): Promise<Person> {
  people += 1
  const made = await signUp(url, `person ${people}`)
  const again = await logIn(url, String(made.me.number))
  return { ...made, devices: await Promise.all([made, again].map(({ token }) => connectDevice(url, token))) }
}

const makeTwo = () => Promise.all([makePerson(), makePerson()])
const ask = (from: Person, to: Person, greeting = '') =>
  callOnce(url, 'contacts.request', { number: to.me.number, greeting }, from)
const reply = (from: Person, to: Person, accept: boolean) =>
  callOnce(url, 'contacts.answer', { number: to.me.number, accept }, from)
const accept = (from: Person, to: Person) => reply(from, to, true)
const refuse = (from: Person, to: Person) => reply(from, to, false)
const part = (from: Person, to: Person) => callOnce(url, 'contacts.remove', { number: to.me.number }, from)

/** Waits until every device of that person sees the peer so. */
async function expectState(person: Person, peer: Person, state: ContactState): Promise<void> {
  await Promise.all(
    person.devices.map((device) => waitFor(device, ({ contacts }) => contacts.get(peer.me.number)?.state === state)),
  )
}

/** The conversation with the peer, once every device of that person sees it writable or not. */
async function expectWritable(person: Person, peer: Person, writable: boolean): Promise<number> {
  const find = (device: Client) =>
    [...device.state().conversations.values()].find((conversation) => conversation.peer === peer.me.number)
  await Promise.all(person.devices.map((device) => waitFor(device, () => find(device)?.writable === writable)))
  return find(person.devices[0] ?? failNow())?.id ?? 0
}

function failNow(): never {
  throw new Error('Somebody has no device.')
}

function leave(...left: readonly Person[]): void {
  for (const { devices } of left) for (const device of devices) device.close()
}

const send = (from: LogIn, conversation: number, text: string, id: string = crypto.randomUUID()) =>
  callOnce(url, 'messages.send', { conversation, id, body: { kind: 'text', text } }, from)

const textsOf = async (reader: LogIn, conversation: number) => {
  const page = await callOnce(url, 'messages.page', { conversation }, reader)
  return page.ok ? page.value.messages.map(textOf) : page.code
}

describe('where contacts are asked first', () => {
  test('a request shows on all devices of both, with its greeting, and opens nothing yet', async () => {
    const [one, two] = await makeTwo()
    expect(await ask(one, two, '你好 🎉')).toEqual({ ok: true, value: { state: 'outgoing' } })
    await Promise.all([expectState(one, two, 'outgoing'), expectState(two, one, 'incoming')])
    expect(two.devices[1]?.state().contacts.get(one.me.number)).toMatchObject({
      greeting: '你好 🎉',
      name: one.me.name,
    })
    for (const { devices } of [one, two])
      for (const device of devices) expect(device.state().conversations.size).toBe(0)
    expect(await reply(one, two, true)).toEqual({ ok: false, code: 'not_found' })
    leave(one, two)
  })

  test('[D8] [D10] accepting opens the conversation for both; removing closes it, history stays; asking again reopens it', async () => {
    const [one, two] = await makeTwo()
    await ask(one, two)
    expect(await reply(two, one, true)).toEqual({ ok: true, value: { state: 'friend' } })
    await Promise.all([expectState(one, two, 'friend'), expectState(two, one, 'friend')])
    const conversation = await expectWritable(one, two, true)
    expect(await expectWritable(two, one, true)).toBe(conversation)
    const id = crypto.randomUUID()
    expect(await send(one, conversation, 'before', id)).toMatchObject({ ok: true, value: { seq: 1 } })
    expect(await ask(two, one)).toEqual({ ok: false, code: 'already_contacts' })

    expect(await part(two, one)).toEqual({ ok: true, value: {} })
    for (const from of [one, two])
      expect(await send(from, conversation, 'after')).toEqual({ ok: false, code: 'not_writable' })
    expect(await send(one, conversation, 'before', id)).toMatchObject({ ok: true, value: { seq: 1 } })
    await Promise.all([expectState(one, two, 'none'), expectState(two, one, 'none')])
    await Promise.all([expectWritable(one, two, false), expectWritable(two, one, false)])
    for (const reader of [one, two]) expect(await textsOf(reader, conversation)).toEqual(['before'])

    await ask(two, one)
    expect(await send(two, conversation, 'too early')).toEqual({ ok: false, code: 'not_writable' })
    await reply(one, two, true)
    expect(await expectWritable(one, two, true)).toBe(conversation)
    expect(await send(two, conversation, 'again')).toMatchObject({ ok: true, value: { seq: 2 } })
    const log = ({ state }: Client) => state().conversations.get(conversation)?.messages.map(textOf)
    for (const device of [...one.devices, ...two.devices]) {
      await waitFor(device, (state) => state.conversations.get(conversation)?.last_seq === 2)
      expect(log(device)).toEqual(['before', 'again'])
    }
    leave(one, two)
  })

  test('a refused request leaves both with nothing, and may be made again', async () => {
    const [one, two] = await makeTwo()
    await ask(one, two, 'please')
    expect(await reply(two, one, false)).toEqual({ ok: true, value: { state: 'none' } })
    await Promise.all([expectState(one, two, 'none'), expectState(two, one, 'none')])
    expect(two.devices[0]?.state().contacts.get(one.me.number)?.greeting).toBe('')
    expect(await reply(two, one, true)).toEqual({ ok: false, code: 'not_found' })
    expect(await ask(one, two)).toEqual({ ok: true, value: { state: 'outgoing' } })
    leave(one, two)
  })

  test('a request may be taken back', async () => {
    const [one, two] = await makeTwo()
    await ask(one, two)
    expect(await part(one, two)).toEqual({ ok: true, value: {} })
    await Promise.all([expectState(one, two, 'none'), expectState(two, one, 'none')])
    expect(await reply(two, one, true)).toEqual({ ok: false, code: 'not_found' })
    expect(await part(one, two)).toEqual({ ok: false, code: 'not_found' })
    leave(one, two)
  })

  test('two who ask each other at the same moment are contacts', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, two] = await makeTwo()
      const states = await Promise.all([ask(one, two), ask(two, one)])
      expect(states.filter((answer) => answer.ok && answer.value.state === 'friend')).toHaveLength(1)
      await Promise.all([expectState(one, two, 'friend'), expectState(two, one, 'friend')])
      await Promise.all([expectWritable(one, two, true), expectWritable(two, one, true)])
      leave(one, two)
    }
  })

  test('whatever crosses, both sides end up alike, and the right to write goes with being contacts', async () => {
    const [one, two] = await makeTwo()
    for (const begin of [
      () => [ask(one, two), ask(two, one), part(one, two)],
      () => [ask(one, two), accept(two, one), part(two, one)],
      () => [ask(two, one), accept(one, two), refuse(one, two)],
      () => [part(one, two), part(two, one), ask(one, two), ask(two, one)],
      () => [part(one, two), accept(two, one), accept(one, two), ask(two, one), part(two, one)],
      () => [ask(one, two), ask(one, two), ask(two, one), refuse(one, two), accept(two, one)],
    ].flatMap((round) => [round, round, round])) {
      await Promise.all(begin())
      const stored = await Promise.all([one, two].map((person) => callOnce(url, 'sync', { rev: 0 }, person)))
      const [mine, theirs] = stored.map((answer) => {
        if (!answer.ok) throw new Error(answer.code)
        const { contacts, memberships } = answer.value
        return { state: contacts[0]?.state ?? 'none', writable: memberships[0]?.writable ?? false }
      })
      const opposite = { friend: 'friend', none: 'none', outgoing: 'incoming', incoming: 'outgoing' } as const
      expect(theirs?.state).toBe(opposite[mine?.state ?? 'none'])
      expect([mine?.writable, theirs?.writable]).toEqual([mine?.state === 'friend', mine?.state === 'friend'])
    }
    leave(one, two)
  })

  test('nobody asks themselves, or who does not exist; an answer needs a request', async () => {
    const [one, two] = await makeTwo()
    const missing = { ok: false, code: 'not_found' } as const
    expect(await ask(one, one)).toEqual(missing)
    expect(await callOnce(url, 'contacts.request', { number: 77_777_777 }, one)).toEqual(missing)
    expect(await reply(one, two, true)).toEqual(missing)
    expect(await part(one, two)).toEqual(missing)
    expect(await callOnce(url, 'contacts.answer', { number: 77_777_777, accept: true }, one)).toEqual(missing)
    leave(one, two)
  })
})

test('where contacts are open, adding somebody makes both contacts at once, and asking is not needed', async () => {
  const open = await startTestServer({ ROOKERY_CONTACTS: 'open' })
  const { one, other, conversation } = await makePair(open.url)
  const device = await connectDevice(open.url, other.token)
  expect(device.state().contacts.get(one.me.number)?.state).toBe('friend')
  expect(device.state().conversations.get(conversation)?.writable).toBe(true)
  const again = await callOnce(open.url, 'contacts.request', { number: one.me.number }, other)
  expect(again).toEqual({ ok: false, code: 'already_contacts' })
  device.close()
  await open.stop()
})

test('online and offline are told to contacts only, and a reload is neither', async () => {
  const [one, two] = await makeTwo()
  const stranger = await makePerson()
  await ask(one, two)
  await reply(two, one, true)
  const watcher = await connectDevice(url, (await logIn(url, String(one.me.number))).token)
  await waitFor(watcher, ({ online }) => online.has(two.me.number))
  const listed = await callOnce(url, 'presence.list', {}, one)
  expect(listed).toEqual({ ok: true, value: { people: [{ number: two.me.number, status: 'online' }] } })
  two.devices[0]?.close()
  const [, last] = two.devices
  last?.close()
  const seen: boolean[] = []
  watcher.subscribe(() => seen.push(watcher.state().online.has(two.me.number)))
  const back = await connectDevice(url, two.token)
  back.close()
  await waitFor(watcher, ({ online }) => !online.has(two.me.number))
  expect(seen).toEqual([...seen].toSorted((a, b) => Number(b) - Number(a)))
  expect(await callOnce(url, 'presence.list', {}, one)).toEqual({ ok: true, value: { people: [] } })
  const again = await connectDevice(url, two.token)
  await waitFor(watcher, ({ online }) => online.has(two.me.number))
  for (const device of stranger.devices) expect(device.state().online.size).toBe(0)
  expect(await callOnce(url, 'presence.list', {}, stranger)).toEqual({ ok: true, value: { people: [] } })
  again.close()
  watcher.close()
  leave(one, two, stranger)
})
