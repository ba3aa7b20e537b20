/** Who is not in a conversation gets nothing of it, whatever they ask for. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { callOnce } from '@rookery/client'
import { errors, type OperationName } from '@rookery/protocol'
import { operations } from '@rookery/protocol/schemas'
import type { RunningServer } from '@rookery/server'
import { connectDevice, makePair, signUp, startTestServer, until, type LogIn } from './harness.ts'
import { wellFormed } from './well-formed.ts'
import { bearer, openWire, post, type Wire } from './wire.ts'

let server: RunningServer
let url: string
let one: LogIn
let other: LogIn
let conversation: number
let stranger: LogIn
let ears: Wire

const secret = 'nobody else’s business'

const send = (from: LogIn, to: number, text: string, id: string = crypto.randomUUID()) =>
  callOnce(url, 'messages.send', { conversation: to, id, body: { kind: 'text', text } }, from)

beforeAll(async () => {
  server = await startTestServer()
  url = server.url
  ;({ one, other, conversation } = await makePair(url))
  stranger = await signUp(url, 'stranger')
  ears = await openWire(url, stranger)
  for (let index = 0; index < 5; index += 1) await send(one, conversation, `${secret} ${index}`)
})
afterAll(async () => {
  ears.close()
  await server.stop()
})

test('[D8] [P26] whatever a stranger asks of it is refused, as for a conversation that does not exist', async () => {
  const body = { kind: 'text', text: 'x' }
  for (const target of [conversation, 987_654]) {
    const asked: readonly (readonly [OperationName, object])[] = [
      ['messages.page', { conversation: target }],
      ['messages.page', { conversation: target, after: 0, limit: 100 }],
      ['conversations.open', { conversation: target }],
      ['conversations.read', { conversation: target, seq: 3 }],
      ['messages.send', { conversation: target, id: crypto.randomUUID(), body }],
      ['messages.get', { conversation: target, seqs: [1, 2] }],
      ['messages.locate', { conversation: target, at: 0 }],
      ['messages.edit', { conversation: target, seq: 1, text: 'x' }],
      ['messages.recall', { conversation: target, seq: 1 }],
      ['messages.react', { conversation: target, seq: 1, emoji: '👍', on: true }],
      ['messages.find', { conversation: target, query: 'business' }],
      ['conversations.arrange', { conversation: target, draft: 'x' }],
      ['conversations.typing', { conversation: target }],
    ]
    for (const [name, input] of asked) {
      const refused = { ok: false, code: 'not_member' } as const
      expect(await ears.ask(name, input)).toEqual(refused)
      const posted = await post(url, name, input, bearer(stranger))
      expect([posted.answer, posted.status]).toEqual([refused, 403])
      expect(posted.text).not.toContain(secret)
    }
  }
  const page = await callOnce(url, 'messages.page', { conversation }, other)
  expect(page.ok && page.value.messages.map(({ sender }) => sender)).toEqual(
    Array.from({ length: 5 }, () => one.me.number),
  )
})

test('[D8] a stranger’s sync tells nothing, even of a conversation that they name', async () => {
  for (const heads of [
    [],
    [[conversation, 0]],
    [
      [conversation, 3],
      [conversation + 1, 0],
    ],
  ] as [number, number][][]) {
    const answer = await callOnce(url, 'sync', { rev: 0, heads }, stranger)
    expect(answer).toMatchObject({
      ok: true,
      value: { rev: 0, contacts: [], memberships: [], conversations: [], more: false },
    })
  }
})

test('[D8] a member’s message id tried by a stranger tells nothing', async () => {
  const id = crypto.randomUUID()
  await send(one, conversation, secret, id)
  expect(await send(stranger, conversation, secret, id)).toEqual({ ok: false, code: 'not_member' })
  const third = await signUp(url, 'third')
  await callOnce(url, 'contacts.request', { number: third.me.number }, stranger)
  const answer = await callOnce(url, 'sync', { rev: 0 }, stranger)
  const own = answer.ok ? (answer.value.memberships[0]?.conversation ?? 0) : 0
  expect(await send(stranger, own, 'theirs', id)).toMatchObject({ ok: true, value: { seq: 1 } })
})

test('[D8] no push of any kind reaches a stranger', async () => {
  const watcher = await openWire(url, other)
  await send(one, conversation, secret)
  await callOnce(url, 'conversations.read', { conversation, seq: 4 }, other)
  const device = await connectDevice(url, one.token)
  await until(() => watcher.pushes.some(({ push }) => push === 'message'))
  // An answer that comes after is proof that a push before it would have come.
  await ears.ask('presence.list')
  const members = new Set([one.me.number, other.me.number])
  expect(ears.pushes.filter((push) => push.push === 'presence' && members.has(push.number))).toEqual([])
  expect(JSON.stringify(ears.pushes)).not.toContain(secret)
  expect(JSON.stringify(ears.pushes)).not.toContain(`"conversation":${conversation},`)
  device.close()
  watcher.close()
})

test('[D8] a new contact of both sees nothing of what the two say to each other', async () => {
  const friend = await signUp(url, 'friend of both')
  for (const { me } of [one, other]) await callOnce(url, 'contacts.request', { number: me.number }, friend)
  const device = await connectDevice(url, friend.token)
  expect(device.state().conversations.size).toBe(2)
  expect(device.state().conversations.has(conversation)).toBe(false)
  expect(await callOnce(url, 'messages.page', { conversation }, friend)).toEqual({ ok: false, code: 'not_member' })
  device.close()
})

test.each(Object.keys(operations) as OperationName[])(
  '%s asks first who is calling, where that matters',
  async (name) => {
    const { who } = operations[name]
    const input = who === 'anyone' ? {} : wellFormed(conversation, other.me.number)[name]
    const { answer, status } = await post(url, name, input)
    if (who === 'anyone') expect(answer).not.toEqual({ ok: false, code: 'unauthenticated' })
    else expect([answer, status]).toEqual([{ ok: false, code: 'unauthenticated' }, errors.unauthenticated.status])
  },
)
