/** Finding messages: what is looked for, where, and what comes with it. The stores' own cases are in their contract. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { LIMITS, type Input } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { startTestServer, type LogIn } from './harness.ts'

let server: RunningServer
let to: Speaker
let one: LogIn
let other: LogIn
let third: LogIn
let conversation: number

beforeAll(async () => {
  server = await startTestServer()
  to = speakTo(server.url)
  ;[one, other, third] = (await to.makePeople(3)) as [LogIn, LogIn, LogIn]
  conversation = await to.befriend(one, other)
})
afterAll(() => server.stop())

const find = (who: LogIn, query: string, given: Partial<Input<'messages.find'>> = {}) =>
  to.get(who, 'messages.find', { query, ...given })

async function textsOf(who: LogIn, query: string, given: Partial<Input<'messages.find'>> = {}): Promise<string[]> {
  return (await find(who, query, given)).found.map(({ message }) => saying(message))
}

test('[P70] [P72] a hit comes with what was said right before and after it', async () => {
  for (const text of ['昨天', '明天见', '好的']) await to.say(one, conversation, text)
  const { found, cursor } = await find(other, '见')
  expect(cursor).toBe('')
  expect(found.map(({ message, before, after }) => [before, message, after].map((row) => row && saying(row)))).toEqual([
    ['昨天', '明天见', '好的'],
  ])
  const [last] = (await find(other, '好的')).found
  expect(last && 'after' in last).toBe(false)
})

test('[P71] by person, kind, day and chat, together too', async () => {
  const elsewhere = await to.befriend(one, third)
  await to.say(one, conversation, 'needle here')
  await to.say(other, conversation, 'needle https://example.com/a?b=c')
  await to.say(third, elsewhere, 'needle there')
  expect(await textsOf(one, 'needle')).toEqual(['needle there', 'needle https://example.com/a?b=c', 'needle here'])
  expect(await textsOf(one, 'needle', { conversation })).toHaveLength(2)
  expect(await textsOf(one, 'needle', { sender: numberOf(third) })).toEqual(['needle there'])
  expect(await textsOf(one, 'needle', { kind: 'link' })).toEqual(['needle https://example.com/a?b=c'])
  expect(await textsOf(one, 'example.com')).toEqual(['needle https://example.com/a?b=c'])
  expect(await textsOf(one, 'needle', { until: 1 })).toEqual([])
  expect(await textsOf(one, 'needle', { from: 1, sender: numberOf(one), conversation })).toEqual(['needle here'])
})

test('[P72] pages go on where the last one ended, while newer ones come in', async () => {
  for (let count = 0; count < 7; count += 1) await to.say(one, conversation, `paged ${count}`)
  const seen: string[] = []
  let cursor = ''
  do {
    const page = await find(other, 'paged', { limit: 3, cursor })
    seen.push(...page.found.map(({ message }) => saying(message)))
    cursor = page.cursor
    await to.say(one, conversation, 'paged late')
  } while (cursor !== '')
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((count) => `paged ${count}`))
  for (const wrong of ['x', '-1', '1e9', '9'.repeat(60)])
    expect((await find(other, 'paged', { cursor: wrong, limit: 1 })).found).toHaveLength(1)
})

test('[D8] [P71] nobody finds in a chat that is not theirs, nor sees its neighbours', async () => {
  await to.say(one, conversation, 'private thing')
  expect(await to.tell(third, 'messages.find', { query: 'private', conversation })).toBe('not_member')
  expect(await textsOf(third, 'private')).toEqual([])
  const group = await to.makeGroup(one, [other])
  await to.say(one, group, 'private before')
  await to.ask(one, 'contacts.request', { number: numberOf(third) })
  await to.get(one, 'groups.invite', { conversation: group, numbers: [numberOf(third)] })
  await to.say(one, group, 'private after')
  const { found } = await find(third, 'private')
  expect(found.map(({ message, before }) => [saying(message), before && saying(before)])).toEqual([
    ['private after', 'invited'],
  ])
  await to.get(one, 'groups.remove', { conversation: group, numbers: [numberOf(third)] })
  expect(await textsOf(third, 'private')).toEqual([])
})

test('[P70] the syntax of any index is text, and no query breaks anything', async () => {
  await to.say(one, conversation, 'a AND b OR NOT "c" NEAR(d, e)')
  for (const query of ['a AND b', 'NOT "c"', 'NEAR(d', '"c" near'])
    expect(await textsOf(other, query)).toEqual(['a AND b OR NOT "c" NEAR(d, e)'])
  const odd = [
    '"',
    '*',
    ')',
    '(((((',
    'tokens:a',
    `c${conversation}`,
    "'; DROP TABLE messages; --",
    '%',
    '_',
    '\\',
    '\0',
  ]
  for (const query of odd) expect(await to.ask(other, 'messages.find', { query })).toMatchObject({ ok: true })
  for (const bad of [
    { query: '' },
    { query: 'x'.repeat(LIMITS.nameLength + 1) },
    { query: 'x', limit: 31 },
    { query: 'x', limit: 0 },
  ])
    expect(await to.ask(other, 'messages.find', bad)).toMatchObject({ code: 'bad_request' })
})

test('[D9] [P73] edited is found by what it says now; taken back, and before that its neighbours, by nothing', async () => {
  await to.say(one, conversation, 'neighbour')
  const seq = await to.say(one, conversation, 'changeable')
  await to.get(one, 'messages.edit', { conversation, seq, text: 'changed mind' })
  expect([await textsOf(other, 'changeable'), await textsOf(other, 'mind')]).toEqual([[], ['changed mind']])
  await to.get(one, 'messages.recall', { conversation, seq })
  expect(await textsOf(other, 'mind')).toEqual([])
  const [hit] = (await find(other, 'neighbour')).found
  expect(hit?.after?.body).toEqual({ kind: 'recalled', by: numberOf(one) })
})
