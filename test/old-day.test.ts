/** What old clients get of what newer ones can do: what they can show, and nothing that was taken back. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { password, startTestServer, type LogIn } from './harness.ts'
import { openOldClient, type OldClient } from './old-client.ts'
import { openWire } from './wire.ts'

let server: RunningServer
let to: Speaker
let web: LogIn
const opened: OldClient[] = []

beforeAll(async () => {
  server = await startTestServer({ ROOKERY_UDP: '127.0.0.1:0', ROOKERY_UDP_RATE: '100000' })
  to = speakTo(server.url)
  ;[web] = (await to.makePeople(1)) as [LogIn]
})
afterAll(async () => {
  for (const client of opened) client.close()
  await server.stop()
})

interface OldPerson {
  readonly client: OldClient
  /** The same person by a newer door. */
  readonly login: LogIn
  readonly conversation: number
}

let last = 20_173_000_000

/** Somebody with an old client, and their conversation with the one on the web. */
async function enter(): Promise<OldPerson> {
  const client = await openOldClient(server.udp ?? '')
  opened.push(client)
  const number = (last += 1)
  expect(await client.ask(`01#${number}#${password}#${password}#`)).toBe('01:01')
  expect(await client.ask(`02#${number}#${password}#`)).toBe('02:01')
  await to.get(web, 'contacts.request', { number })
  const { memberships } = await to.everything(web)
  const row = memberships.find((each) => each.kind === 'direct' && each.peer === number)
  const answer = await to.get(web, 'sessions.logIn', { login: String(number), password })
  return { client, login: answer, conversation: row?.conversation ?? 0 }
}

/** All that waits, as text. */
async function takeAll({ client }: OldPerson): Promise<string[]> {
  const texts: string[] = []
  for (;;) {
    const reply = await client.ask('09#')
    if (reply === '09:01') return texts
    texts.push(reply.split(':').slice(3).join(':'))
  }
}

test('a shake and a merged forward are told in brackets, a forward as its text', async () => {
  const old = await enter()
  const { conversation } = old
  const [third] = (await to.makePeople(1)) as [LogIn]
  const from = await to.befriend(web, third)
  const seqs = [await to.say(third, from, 'one'), await to.say(third, from, 'two')]
  await to.say(web, conversation, { kind: 'shake' })
  await to.say(web, conversation, { kind: 'forward', from, seqs, merged: true })
  await to.say(web, conversation, { kind: 'forward', from, seqs: seqs.slice(1) })
  expect(await old.client.ask('08#')).toBe('08:3')
  expect(await takeAll(old)).toEqual(['[抖一抖]', '[聊天记录]', 'two'])
})

test('[D9] what was taken back is neither counted nor delivered; what was edited comes as it is now', async () => {
  const old = await enter()
  const { conversation, client } = old
  const seqs: number[] = []
  for (const text of ['first', 'second', 'third', 'fourth']) seqs.push(await to.say(web, conversation, text))
  expect(await client.ask('08#')).toBe('08:4')
  const [first = 0, , third = 0, fourth = 0] = seqs
  await to.get(web, 'messages.recall', { conversation, seq: first })
  await to.get(web, 'messages.edit', { conversation, seq: third, text: 'edited' })
  expect(await client.ask('08#')).toBe('08:3')
  expect(await client.ask(`05#${numberOf(web)}#`)).toMatch(/:second$/)
  await to.get(web, 'messages.recall', { conversation, seq: fourth })
  expect(await client.ask(`04#${numberOf(web)}#`)).toBe('04:1')
  expect(await takeAll(old)).toEqual(['edited'])
})

test('[D9] a long message taken back, or cut, in the middle of its parts: nothing of another one is lost', async () => {
  for (const change of ['recall', 'edit'] as const) {
    const old = await enter()
    const { conversation, client } = old
    const seq = await to.say(web, conversation, 'x'.repeat(2_500))
    await to.say(web, conversation, 'y'.repeat(1_200))
    expect(await client.ask('08#')).toBe('08:5')
    expect(await client.ask('09#')).toEndWith('x')
    if (change === 'recall') await to.get(web, 'messages.recall', { conversation, seq })
    else await to.get(web, 'messages.edit', { conversation, seq, text: 'short' })
    expect(await client.ask('08#')).toBe('08:2')
    expect((await takeAll(old)).join('')).toBe('y'.repeat(1_200))
  }
})

test('reactions deliver nothing and lose nothing', async () => {
  const old = await enter()
  const { conversation, client, login } = old
  const seq = await to.say(web, conversation, 'hello')
  await to.get(login, 'messages.react', { conversation, seq, emoji: '👍', on: true })
  expect(await client.ask('08#')).toBe('08:1')
  expect(await takeAll(old)).toEqual(['hello'])
  await to.get(web, 'messages.react', { conversation, seq, emoji: '🎉', on: true })
  expect(await client.ask('08#')).toBe('08:0')
})

test('groups, and notes to oneself, are not theirs; what comes between is', async () => {
  const old = await enter()
  const { client, login, conversation } = old
  const group = await to.makeGroup(web, [login])
  await to.say(web, group, 'in the group')
  const note = await to.get(login, 'conversations.openNote', {})
  await to.say(login, note.conversation, 'to myself')
  await to.say(web, conversation, 'for the old client')
  expect(await client.ask('08#')).toBe('08:1')
  await to.say(web, group, 'in the group again')
  await to.say(login, note.conversation, 'to myself again')
  expect(await takeAll(old)).toEqual(['for the old client'])
  await to.get(web, 'groups.remove', { conversation: group, numbers: [numberOf(login)] })
  await to.say(web, conversation, 'still heard')
  expect(await takeAll(old)).toEqual(['still heard'])
})

test('[D10] [P61] who blocked them is not written to, and is not asked either', async () => {
  const { client, login, conversation } = await enter()
  const number = numberOf(login)
  const wire = await openWire(server.url, web)
  expect(await client.ask(`03#${numberOf(web)}#hello#`)).toBe('03:01')
  await to.get(web, 'contacts.block', { number, blocked: true })
  expect(await client.ask(`03#${numberOf(web)}#hello?#`)).toBe('03:02')
  await to.get(web, 'contacts.block', { number, blocked: false })
  expect(await client.ask(`03#${numberOf(web)}#again#`)).toBe('03:01')
  expect((await to.page(web, conversation)).map(saying)).toEqual(['hello', 'again'])
  wire.close()
})
