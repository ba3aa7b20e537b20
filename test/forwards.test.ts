/** Forwards: one, many, merged; made by the server from what the one who forwards may read. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { LIMITS } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { startTestServer, type LogIn } from './harness.ts'
import { openWire } from './wire.ts'

let server: RunningServer
let to: Speaker
let one: LogIn
let friend: LogIn
let target: LogIn
let from: number
let conversation: number

beforeAll(async () => {
  server = await startTestServer()
  to = speakTo(server.url)
  ;[one, friend, target] = (await to.makePeople(3)) as [LogIn, LogIn, LogIn]
  from = await to.befriend(one, friend)
  conversation = await to.befriend(one, target)
})
afterAll(() => server.stop())

const forward = (seqs: number[], merged = false, source = from, id?: string) =>
  to.send(one, conversation, { kind: 'forward', from: source, seqs, merged }, id)

test('[P45] one message keeps who said it, through every hand, and is told like all others', async () => {
  const seq = await to.say(friend, from, 'original')
  const wire = await openWire(server.url, target)
  const sent = await forward([seq])
  const body = {
    kind: 'text',
    text: 'original',
    forwarded: { number: numberOf(friend), name: friend.me.name },
  } as const
  expect(sent).toMatchObject({ ok: true, value: { body } })
  const there = sent.ok ? sent.value.seq : 0
  expect(await to.rowAt(target, conversation, there)).toMatchObject({ sender: numberOf(one), body })
  await wire.ask('sessions.current')
  expect(wire.pushes).toMatchObject([{ push: 'message', row: { seq: there, body } }])
  wire.close()
  const again = await forward([there], false, conversation)
  expect(again).toMatchObject({ value: { body } })
  const edited = await to.ask(one, 'messages.edit', { conversation, seq: there, text: 'put into their mouth' })
  expect(edited).toEqual({ ok: false, code: 'not_editable' })
})

test('[P45] what it answered and mentioned stays where it was', async () => {
  const seq = await to.say(friend, from, { kind: 'text', text: 'look', reply_to: 1, mentions: [numberOf(one)] })
  const sent = await forward([seq])
  expect(sent.ok && sent.value.body).toEqual({
    kind: 'text',
    text: 'look',
    forwarded: { number: numberOf(friend), name: friend.me.name },
  })
})

test('[P45] many in one: in the order of the log, with names and times, and a merged one within as its lines', async () => {
  const first = await to.say(one, from, '一')
  const second = await to.say(friend, from, '二')
  const rows = await to.get(one, 'messages.get', { conversation: from, seqs: [first, second] })
  const sent = await forward([second, first, second], true)
  const body = sent.ok ? sent.value.body : undefined
  expect(body).toEqual({
    kind: 'merged',
    title: '',
    items: [
      { number: numberOf(one), name: one.me.name, at: rows.messages[0]?.at ?? 0, text: '一' },
      { number: numberOf(friend), name: friend.me.name, at: rows.messages[1]?.at ?? 0, text: '二' },
    ],
  })
  const there = sent.ok ? sent.value.seq : 0
  const within = await forward([there], true, conversation)
  expect(within).toMatchObject({
    value: { body: { items: [{ number: numberOf(one), text: `${one.me.name}: 一\n${friend.me.name}: 二` }] } },
  })
  const found = await to.get(target, 'messages.find', { query: '二', kind: 'merged' })
  expect(found.found).toHaveLength(2)
})

test('[D8] [P45] nothing is forwarded that one may not read: of others, from before one came, of nowhere', async () => {
  const [stranger] = (await to.makePeople(1)) as [LogIn]
  const theirs = await to.befriend(friend, stranger)
  const secret = await to.say(friend, theirs, 'secret')
  expect(await forward([secret], false, theirs)).toEqual({ ok: false, code: 'not_member' })
  expect(await forward([secret], false, 1_000_000)).toEqual({ ok: false, code: 'not_member' })
  const group = await to.makeGroup(friend, [stranger])
  const before = await to.say(friend, group, 'secret before')
  await to.get(friend, 'groups.invite', { conversation: group, numbers: [numberOf(one)] })
  const after = await to.say(friend, group, 'after')
  expect(await forward([before], false, group)).toEqual({ ok: false, code: 'not_found' })
  expect(await forward([before, after], true, group)).toEqual({ ok: false, code: 'not_found' })
  expect(await forward([after], true, group)).toMatchObject({ ok: true, value: { body: { title: 'a group' } } })
  await to.get(friend, 'groups.remove', { conversation: group, numbers: [numberOf(one)] })
  expect(await forward([after], false, group)).toEqual({ ok: false, code: 'not_member' })
  expect(JSON.stringify(await to.page(target, conversation))).not.toContain('secret')
})

test('[P45] only texts and forwards; several only merged; so many, and so long', async () => {
  const shake = await to.say(one, from, { kind: 'shake' })
  const [first, second] = [await to.say(one, from, 'a'), await to.say(one, from, 'b')]
  expect(await forward([shake])).toEqual({ ok: false, code: 'forbidden' })
  expect(await forward([first, second])).toEqual({ ok: false, code: 'forbidden' })
  expect(await forward([first, 1_000_000], true)).toEqual({ ok: false, code: 'not_found' })
  expect(await forward([])).toMatchObject({ code: 'bad_request' })
  const many = Array.from({ length: LIMITS.forwarded + 1 }, (_, index) => index + 1)
  expect(await forward(many, true)).toMatchObject({ code: 'bad_request' })
  const long: number[] = []
  for (let count = 0; count < 6; count += 1) long.push(await to.say(one, from, 'x'.repeat(LIMITS.textLength)))
  expect(await forward(long, true)).toEqual({ ok: false, code: 'too_large' })
  expect(await forward(long.slice(1), true)).toMatchObject({ ok: true })
})

test('[D3] [P45] sent again it is the same message, whatever became of the original, and no other', async () => {
  const seq = await to.say(friend, from, 'as it was')
  const id = crypto.randomUUID()
  const first = await forward([seq], false, from, id)
  await to.get(friend, 'messages.edit', { conversation: from, seq, text: 'changed' })
  expect(await forward([seq], false, from, id)).toEqual(first)
  await to.get(friend, 'messages.recall', { conversation: from, seq })
  expect(await forward([seq], false, from, id)).toEqual(first)
  const conflict = { ok: false, code: 'message_id_conflict' } as const
  expect(await forward([seq + 1], false, from, id)).toEqual(conflict)
  expect(await forward([seq], true, from, id)).toEqual(conflict)
  expect(await forward([seq], false, 99_999, id)).toEqual(conflict)
  const asText = await to.send(one, conversation, 'as it was', id)
  expect(asText).toEqual({ ok: false, code: 'message_id_conflict' })
  const text = crypto.randomUUID()
  const sent = await to.send(one, conversation, 'a text', text)
  expect(await forward([1], false, from, text)).toEqual({ ok: false, code: 'message_id_conflict' })
  expect(await to.send(one, conversation, 'a text', text)).toEqual(sent)
  await to.get(one, 'messages.recall', { conversation, seq: first.ok ? first.value.seq : 0 })
  expect(await forward([seq], false, from, id)).toMatchObject({ ok: true, value: { body: { kind: 'recalled' } } })
  expect(await forward([seq + 1], false, from, id)).toEqual(conflict)
  expect(await to.send(one, conversation, 'as it was', id)).toEqual(conflict)
})

test('[D9] [P45] a forward taken back is gone, and the original stays', async () => {
  const seq = await to.say(friend, from, 'keeps')
  const sent = await forward([seq])
  await to.get(one, 'messages.recall', { conversation, seq: sent.ok ? sent.value.seq : 0 })
  expect(JSON.stringify(await to.page(target, conversation))).not.toContain('keeps')
  expect(saying(await to.rowAt(one, from, seq))).toBe('keeps')
})
