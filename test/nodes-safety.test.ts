/** Statuses, second factors and passkeys where two nodes are one messenger. */
import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { callOnce, type Client } from '@rookery/client'
import type { Answer, Appearance, Input, OperationName } from '@rookery/protocol'
import { codeOf, fromBase32, stepAt } from '../packages/server/core/one-time-codes.ts'
import { makePasskey } from './authenticator.ts'
import { connectDevice, logIn, makePair, password, signUp, until, type LogIn } from './harness.ts'
import { startNodes, type Installation, type Node } from './nodes.ts'

let installation: Installation
let one: Node
let other: Node
const open: Client[] = []

beforeAll(async () => {
  installation = await startNodes()
  ;[one, other] = installation.nodes
})
afterEach(() => {
  for (const device of open.splice(0)) device.close()
})
afterAll(() => installation.stop())

async function connectTo(node: Node, { token }: LogIn): Promise<Client> {
  const device = await connectDevice(node.url, token)
  open.push(device)
  return device
}

const appears = (watcher: Client, { me }: LogIn): Appearance => watcher.state().online.get(me.number) ?? 'offline'
const looksLike = (watcher: Client, person: LogIn, status: Appearance, milliseconds?: number) =>
  until(() => appears(watcher, person) === status, milliseconds)

const ask = <Name extends OperationName>(node: Node, name: Name, input: Input<Name>, as?: LogIn) =>
  callOnce(node.url, name, input, as ? { token: as.token } : {})

test('[P90] [P91] a status set at one node, and devices that rest at both, are seen at the other', async () => {
  const pair = await makePair(one.url)
  const again = await logIn(one.url, String(pair.other.me.number))
  const watcher = await connectTo(one, pair.one)
  const [here, there] = [await connectTo(one, pair.other), await connectTo(other, again)]
  await looksLike(watcher, pair.other, 'online')
  await there.call('accounts.setStatus', { status: 'busy' })
  await looksLike(watcher, pair.other, 'busy')
  await ask(other, 'accounts.setStatus', { status: 'online' }, pair.other)
  await looksLike(watcher, pair.other, 'online')
  here.rest(true)
  there.rest(true)
  await looksLike(watcher, pair.other, 'away')
  expect(await ask(one, 'presence.list', {}, pair.one)).toEqual({
    ok: true,
    value: { people: [{ number: pair.other.me.number, status: 'away' }] },
  })
  there.rest(false)
  await looksLike(watcher, pair.other, 'online')
  there.close()
  await looksLike(watcher, pair.other, 'away')
})

test('[P92] [P93] invisible and hidden at one node is offline at the other', async () => {
  const pair = await makePair(one.url)
  const [watcher, there] = [await connectTo(one, pair.one), await connectTo(other, pair.other)]
  await looksLike(watcher, pair.other, 'online')
  await there.call('contacts.arrange', { number: pair.one.me.number, hidden: true })
  await looksLike(watcher, pair.other, 'offline')
  await there.call('contacts.arrange', { number: pair.one.me.number, hidden: false })
  await looksLike(watcher, pair.other, 'online')
  await there.call('accounts.setStatus', { status: 'invisible' })
  await looksLike(watcher, pair.other, 'offline')
  const read = await ask(one, 'presence.read', { numbers: [pair.other.me.number] }, pair.one)
  expect(read.ok && read.value.people[0]?.last_seen).toBeGreaterThan(0)
})

test('[P37] [P92] statuses that changed while NATS was cut are right soon after', async () => {
  const pair = await makePair(one.url)
  const [watcher, there] = [await connectTo(one, pair.one), await connectTo(other, pair.other)]
  await looksLike(watcher, pair.other, 'online')
  other.wire.cable.cut()
  await there.call('accounts.setStatus', { status: 'invisible' })
  other.wire.cable.mend()
  await looksLike(watcher, pair.other, 'offline', 60_000)
  other.wire.cable.cut()
  await there.call('accounts.setStatus', { status: 'busy' })
  other.wire.cable.mend()
  await looksLike(watcher, pair.other, 'busy', 60_000)
}, 150_000)

test('[P82] a code that was used at one node is used up at the other', async () => {
  const person = await signUp(one.url, `coded ${crypto.randomUUID().slice(0, 8)}`)
  const drafted = await ask(one, 'security.draft', {}, person)
  if (!drafted.ok) throw new Error(drafted.code)
  const { secret } = drafted.value
  const code = (by: number) => codeOf(fromBase32(secret), stepAt(Date.now()) + by)
  const enabled = await ask(other, 'security.enable', { secret, password, code: code(-1) }, person)
  expect(enabled.ok).toBe(true)
  const input = { login: String(person.me.number), password, code: code(0) }
  const tries = await Promise.all([one, other, one, other].map((node) => ask(node, 'sessions.logIn', input)))
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
})

/** The one address behind which both nodes are. */
const host = 'localhost:7777'

/** As a page of that address, whose request a proxy has sent to this node. */
async function askAsPage<Name extends OperationName>(node: Node, name: Name, input: Input<Name>, as?: LogIn) {
  const response = await fetch(`${node.url}/api/${name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: `http://${host}`,
      host,
      ...(as && { authorization: `Bearer ${as.token}` }),
    },
    body: JSON.stringify(input),
  })
  const answer = (await response.json()) as { error?: { code: never } }
  return (answer.error ? { ok: false, code: answer.error.code } : { ok: true, value: answer }) as Answer<Name>
}

test('[P87] a challenge of one node is answered at another, once on all of them', async () => {
  const person = await signUp(one.url, `keyed ${crypto.randomUUID().slice(0, 8)}`)
  const begun = await askAsPage(one, 'passkeys.begin', { password }, person)
  if (!begun.ok) throw new Error(begun.code)
  const passkey = makePasskey(begun.value, `http://${host}`)
  const add = { name: 'x', credential: passkey.creation }
  expect((await askAsPage(other, 'passkeys.add', add, person)).ok).toBe(true)
  const challenge = await askAsPage(other, 'passkeys.challenge', {})
  if (!challenge.ok) throw new Error(challenge.code)
  const credential = passkey.use(challenge.value)
  const tries = await Promise.all(
    [one, other, one, other].map((node) => askAsPage(node, 'sessions.logInByPasskey', { credential, device: '' })),
  )
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
})
