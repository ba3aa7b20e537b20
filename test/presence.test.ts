/** How people appear to each other: statuses, being away, hiding, and when somebody was last there. */
import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { callOnce, type Client } from '@rookery/client'
import type { Appearance, Input, OperationName, Push } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { connectDevice, logIn, makePair, password, startTestServer, until, waitFor, type LogIn } from './harness.ts'
import { openWire, type Wire } from './wire.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const opened: { close(): unknown }[] = []
afterEach(() => {
  for (const each of opened.splice(0)) each.close()
})

async function device(person: LogIn): Promise<Client> {
  const client = await connectDevice(server.url, person.token)
  opened.push(client)
  return client
}

const ask = async <Name extends OperationName>(person: LogIn, name: Name, input: Input<Name>) => {
  const answer = await callOnce(server.url, name, input, { token: person.token })
  if (!answer.ok) throw new Error(`${name}: ${answer.code}`)
  return answer.value
}

const appears = (watcher: Client, { me }: LogIn): Appearance => watcher.state().online.get(me.number) ?? 'offline'

const looksLike = (watcher: Client, person: LogIn, status: Appearance) =>
  until(() => appears(watcher, person) === status)

async function read(person: LogIn, of: LogIn) {
  const { people } = await ask(person, 'presence.read', { numbers: [of.me.number] })
  return people[0]
}

/** A raw device that gets presence hints, and writes down every one there is about somebody. */
async function listen(person: LogIn, about: LogIn, conversation: number): Promise<{ wire: Wire; heard: Push[] }> {
  const wire = await openWire(server.url, person)
  opened.push(wire)
  await wire.ask('hints.watch', { presence: true, conversations: [conversation] })
  const { number } = about.me
  return {
    wire,
    get heard() {
      return wire.pushes.filter(
        (push) => (push.push === 'presence' || push.push === 'typing') && push.number === number,
      )
    },
  }
}

test('[P90] the status that somebody sets is seen by contacts, at once and when they ask', async () => {
  const { one, other } = await makePair(server.url)
  const [watcher, phone] = [await device(one), await device(other)]
  await looksLike(watcher, other, 'online')
  for (const status of ['busy', 'away', 'online'] as const) {
    await phone.call('accounts.setStatus', { status })
    await looksLike(watcher, other, status)
    expect(await ask(one, 'presence.list', {})).toEqual({ people: [{ number: other.me.number, status }] })
    await waitFor(phone, ({ settings }) => settings?.status === status)
  }
})

test('[P91] away once every device rests; one that is used again is enough; a busy one stays busy', async () => {
  const { one, other } = await makePair(server.url)
  const again = await logIn(server.url, String(other.me.number))
  const [watcher, phone, laptop] = [await device(one), await device(other), await device(again)]
  await looksLike(watcher, other, 'online')
  phone.rest(true)
  phone.rest(true)
  laptop.rest(true)
  await looksLike(watcher, other, 'away')
  laptop.rest(false)
  await looksLike(watcher, other, 'online')
  laptop.close()
  await looksLike(watcher, other, 'away')
  await phone.call('accounts.setStatus', { status: 'busy' })
  await looksLike(watcher, other, 'busy')
  phone.rest(false)
  await phone.call('accounts.setStatus', { status: 'online' })
  await looksLike(watcher, other, 'online')
})

test('[P92] [P94] who turns invisible leaves: nothing they do is told, and they were last seen then', async () => {
  const { one, other, conversation } = await makePair(server.url)
  const ears = await listen(one, other, conversation)
  const [watcher, phone] = [await device(one), await device(other)]
  await looksLike(watcher, other, 'online')
  await phone.call('accounts.setStatus', { status: 'invisible' })
  await looksLike(watcher, other, 'offline')
  // Whether they were told before that somebody came depends on who was quicker.
  const left = { push: 'presence', number: other.me.number, status: 'offline' }
  await until(() => Bun.deepEquals(ears.heard.at(-1), left))
  const heard = ears.heard.length
  const seen = await read(one, other)
  expect(seen?.status).toBe('offline')
  expect(seen?.last_seen).toBeGreaterThan(Date.now() - 60_000)
  await phone.call('conversations.typing', { conversation })
  phone.rest(true)
  phone.close()
  const second = await device(other)
  second.send(conversation, 'I am not here')
  await waitFor(watcher, ({ conversations }) => conversations.get(conversation)?.last_seq === 1)
  await second.call('accounts.setStatus', { status: 'invisible' })
  expect(await ask(one, 'presence.list', {})).toEqual({ people: [] })
  expect(await read(one, other)).toEqual(seen)
  expect(ears.heard.length).toBe(heard)
  await second.call('accounts.setStatus', { status: 'online' })
  await looksLike(watcher, other, 'online')
})

test('[P93] whom somebody hides from sees them offline, without last seen or typing; others see them as before', async () => {
  const { one, other, conversation } = await makePair(server.url)
  const third = (await makePair(server.url)).one
  await ask(third, 'contacts.request', { number: other.me.number })
  const [watcher, friend, phone] = [await device(one), await device(third), await device(other)]
  const ears = await listen(one, other, conversation)
  for (const each of [watcher, friend]) await looksLike(each, other, 'online')
  await phone.call('contacts.arrange', { number: one.me.number, hidden: true })
  await looksLike(watcher, other, 'offline')
  expect(appears(friend, other)).toBe('online')
  await until(() => ears.heard.length > 0)
  const heard = ears.heard.length
  await phone.call('conversations.typing', { conversation })
  await phone.call('accounts.setStatus', { status: 'busy' })
  await looksLike(friend, other, 'busy')
  phone.close()
  await looksLike(friend, other, 'offline')
  expect((await read(third, other))?.last_seen).toBeGreaterThan(0)
  expect(await read(one, other)).toEqual({ number: other.me.number, status: 'offline', last_seen: 0 })
  expect(ears.heard.length).toBe(heard)
  // The one who hides goes on seeing the other.
  const again = await device(other)
  await looksLike(again, one, 'online')
  await again.call('contacts.arrange', { number: one.me.number, hidden: false })
  await looksLike(watcher, other, 'busy')
})

test('[P93] in a group nobody hears somebody write where one is whom they hide from', async () => {
  const { one, other } = await makePair(server.url)
  const { conversation } = await ask(other, 'groups.create', { name: 'all of us', members: [one.me.number] })
  const ears = await listen(one, other, conversation)
  await ask(other, 'conversations.typing', { conversation })
  await until(() => ears.heard.some(({ push }) => push === 'typing'))
  await ask(other, 'contacts.arrange', { number: one.me.number, hidden: true })
  const heard = ears.heard.filter(({ push }) => push === 'typing').length
  await ask(other, 'conversations.typing', { conversation })
  await ears.wire.ask('presence.list')
  expect(ears.heard.filter(({ push }) => push === 'typing')).toHaveLength(heard)
})

test('[P94] when somebody was last there is told once they left, also over a restart of theirs', async () => {
  const { one, other } = await makePair(server.url)
  expect((await read(one, other))?.last_seen).toBe(0)
  const [watcher, phone] = [await device(one), await device(other)]
  await looksLike(watcher, other, 'online')
  expect(await read(one, other)).toMatchObject({ status: 'online', last_seen: 0 })
  const before = Date.now()
  phone.close()
  await looksLike(watcher, other, 'offline')
  expect((await read(one, other))?.last_seen).toBeGreaterThanOrEqual(before)
})

test('[P95] somebody blocked sees no presence and no last seen, hears no typing, and gets nothing', async () => {
  const { one, other, conversation } = await makePair(server.url)
  const [watcher, phone] = [await device(one), await device(other)]
  const ears = await listen(one, other, conversation)
  await looksLike(watcher, other, 'online')
  await phone.call('contacts.block', { number: one.me.number, blocked: true })
  await looksLike(watcher, other, 'offline')
  await until(() => ears.heard.length > 0)
  const heard = ears.heard.length
  for (const status of ['busy', 'online'] as const) await phone.call('accounts.setStatus', { status })
  await phone.call('conversations.typing', { conversation })
  expect(await phone.call('messages.send', message(conversation))).toMatchObject({ code: 'not_writable' })
  expect(await watcher.call('messages.send', message(conversation))).toMatchObject({ code: 'not_writable' })
  phone.close()
  const again = await device(other)
  again.close()
  expect(await read(one, other)).toEqual({ number: other.me.number, status: 'offline', last_seen: 0 })
  expect(await ask(one, 'presence.list', {})).toEqual({ people: [] })
  expect(await ask(other, 'presence.list', {})).toEqual({ people: [] })
  expect(ears.heard.length).toBe(heard)
  const back = await device(other)
  await back.call('contacts.block', { number: one.me.number, blocked: false })
  await looksLike(watcher, other, 'online')
})

const message = (conversation: number) =>
  ({ conversation, id: crypto.randomUUID(), body: { kind: 'text', text: 'hello' } }) as const

test('[P93] strangers, and members of one’s groups, learn nothing', async () => {
  const [{ one, other }, { one: stranger }] = [await makePair(server.url), await makePair(server.url)]
  await device(other)
  await ask(one, 'groups.create', { name: 'mixed', members: [other.me.number] })
  expect(await read(stranger, other)).toEqual({ number: other.me.number, status: 'offline', last_seen: 0 })
  expect(await callOnce(server.url, 'sessions.logIn', { login: String(other.me.number), password })).toMatchObject({
    ok: true,
  })
})
