/** What people do to messages once they are sent: edit, recall, react, answer, mention, look for their place. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { LIMITS } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { startTestServer, until, type LogIn } from './harness.ts'
import { openWire } from './wire.ts'

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

const edit = (who: LogIn, seq: number, text: string, where = conversation) =>
  to.ask(who, 'messages.edit', { conversation: where, seq, text })
const recall = (who: LogIn, seq: number, where = conversation) =>
  to.ask(who, 'messages.recall', { conversation: where, seq })
const react = (who: LogIn, seq: number, emoji: string, on = true, where = conversation) =>
  to.ask(who, 'messages.react', { conversation: where, seq, emoji, on })

describe('editing', () => {
  test('[P40] the writer changes the text; it keeps its place, and everybody has the new one', async () => {
    const seq = await to.say(one, conversation, 'frist')
    const wire = await openWire(server.url, other)
    const answer = await edit(one, seq, 'first')
    expect(answer).toMatchObject({ ok: true, value: { seq, sender: numberOf(one), body: { text: 'first' } } })
    const row = await to.rowAt(other, conversation, seq)
    expect(row).toEqual(answer.ok ? answer.value : row)
    expect(row.edited_at).toBeGreaterThanOrEqual(row.at)
    await until(() => wire.pushes.some((push) => push.push === 'message' && push.row.rev === row.rev))
    expect(wire.pushes).toContainEqual({ push: 'message', row })
    wire.close()
  })

  test('[P20] its id stands for what was sent first, and for nothing else', async () => {
    const id = crypto.randomUUID()
    const sent = await to.send(one, conversation, 'as sent', id)
    const seq = sent.ok ? sent.value.seq : 0
    const conflict = { ok: false, code: 'message_id_conflict' } as const
    await edit(one, seq, 'as edited')
    expect(await to.send(one, conversation, 'as sent', id)).toMatchObject({ ok: true, value: { seq } })
    for (const text of ['as edited', 'another']) expect(await to.send(one, conversation, text, id)).toEqual(conflict)
    await recall(one, seq)
    expect(await to.send(one, conversation, 'as sent', id)).toMatchObject({ ok: true, value: { seq } })
    expect(await to.send(one, conversation, 'another', id)).toEqual(conflict)
    expect(await to.send(one, conversation, { kind: 'forward', from: conversation, seqs: [1] }, id)).toEqual(conflict)
  })

  test('[P40] a text answers and mentions as before', async () => {
    const seq = await to.say(one, conversation, { kind: 'text', text: 'x', reply_to: 1, mentions: [numberOf(other)] })
    await edit(one, seq, 'y')
    expect((await to.rowAt(other, conversation, seq)).body).toEqual({
      kind: 'text',
      text: 'y',
      reply_to: 1,
      mentions: [numberOf(other)],
    })
  })

  test('[P40] by others, of what is no text, of nothing, of what was taken back: refused', async () => {
    const seq = await to.say(one, conversation, 'mine')
    const shake = await to.say(other, conversation, { kind: 'shake' })
    expect(await edit(other, seq, 'yours')).toEqual({ ok: false, code: 'not_editable' })
    expect(await edit(other, shake, 'x')).toEqual({ ok: false, code: 'not_editable' })
    expect(await edit(third, seq, 'x')).toEqual({ ok: false, code: 'not_member' })
    expect(await edit(one, 1_000_000, 'x')).toEqual({ ok: false, code: 'not_found' })
    expect(await edit(one, 0, 'x')).toEqual({ ok: false, code: 'not_found' })
    expect(await edit(one, seq, '')).toMatchObject({ code: 'bad_request' })
    await recall(one, seq)
    expect(await edit(one, seq, 'back')).toEqual({ ok: false, code: 'recalled' })
    expect(saying(await to.rowAt(one, conversation, seq))).toBe('recalled')
  })

  test('[D8] [P40] a message of another conversation is not reached from one’s own', async () => {
    const elsewhere = await to.befriend(one, third)
    const seq = await to.say(one, elsewhere, 'elsewhere')
    while ((await to.say(one, conversation, 'filler')) < seq);
    await edit(one, seq, 'edited', elsewhere)
    for (const ask of [edit(third, seq, 'x'), recall(third, seq), react(third, seq, '👍')])
      expect(await ask).toEqual({ ok: false, code: 'not_member' })
    expect(saying(await to.rowAt(third, elsewhere, seq))).toBe('edited')
  })

  test('[D11] of many edits at once all are made, one after the other, and the last one stands for both', async () => {
    const seq = await to.say(one, conversation, 'begin')
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => edit(one, seq, `edit ${index}`)))
    const rows = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    expect(new Set(rows.map(({ rev }) => rev)).size).toBe(12)
    const last = rows.toSorted((a, b) => a.rev - b.rev).slice(-1)
    for (const reader of [one, other]) expect([await to.rowAt(reader, conversation, seq)]).toEqual(last)
  })
})

describe('taking back', () => {
  test('[D9] [P41] the place stays, what it said is gone everywhere, and it is no news', async () => {
    const [two, reader] = (await to.makePeople(2)) as [LogIn, LogIn]
    const where = await to.befriend(two, reader)
    await to.say(two, where, 'stays')
    const seq = await to.say(two, where, { kind: 'text', text: 'a secret word', mentions: [numberOf(reader)] })
    await react(reader, seq, '👍', true, where)
    expect(await to.headOf(reader, where)).toMatchObject({ unread: 2, mentioned: seq })
    expect(await recall(two, seq, where)).toMatchObject({ ok: true, value: { seq, body: { kind: 'recalled' } } })
    const everything = await Promise.all([
      to.get(reader, 'sync', { rev: 0, heads: [[where, 0]] }),
      to.page(reader, where),
      to.get(reader, 'messages.find', { query: 'secret' }),
      to.get(two, 'messages.find', { query: 'stays' }),
      to.rowAt(two, where, seq),
    ])
    expect(JSON.stringify(everything)).not.toContain('secret')
    expect(await to.headOf(reader, where)).toMatchObject({ unread: 1, mentioned: 0, last_seq: 2 })
    expect(await to.rowAt(reader, where, seq)).toMatchObject({ body: { kind: 'recalled', by: numberOf(two) } })
    expect((await to.rowAt(reader, where, seq)).reactions).toBeUndefined()
  })

  test('[P41] by others refused; twice is once; nothing can be done to it any more', async () => {
    const seq = await to.say(one, conversation, 'mine')
    expect(await recall(other, seq)).toEqual({ ok: false, code: 'not_editable' })
    const [first, second] = [await recall(one, seq), await recall(one, seq)]
    expect(second).toEqual(first)
    expect(await react(other, seq, '👍')).toEqual({ ok: false, code: 'recalled' })
    expect(await to.send(one, conversation, { kind: 'forward', from: conversation, seqs: [seq] })).toEqual({
      ok: false,
      code: 'recalled',
    })
  })

  test('[D10] who is no contact any more can change nothing', async () => {
    const [two, former] = (await to.makePeople(2)) as [LogIn, LogIn]
    const where = await to.befriend(two, former)
    const seq = await to.say(two, where, 'before')
    await to.get(former, 'contacts.remove', { number: numberOf(two) })
    for (const ask of [edit(two, seq, 'x', where), recall(two, seq, where), react(two, seq, '👍', true, where)])
      expect(await ask).toEqual({ ok: false, code: 'not_writable' })
    expect(saying(await to.rowAt(former, where, seq))).toBe('before')
  })
})

describe('reactions', () => {
  test('[P42] each once from each, in the order of first use; the last one taken away takes the emoji away', async () => {
    const seq = await to.say(one, conversation, 'react')
    await react(other, seq, '🎉')
    await react(one, seq, '👍🏽')
    await react(one, seq, '🎉')
    const again = await react(one, seq, '🎉')
    expect(again).toMatchObject({
      value: {
        reactions: [
          { emoji: '🎉', numbers: [numberOf(other), numberOf(one)] },
          { emoji: '👍🏽', numbers: [numberOf(one)] },
        ],
      },
    })
    const { rev } = await to.rowAt(one, conversation, seq)
    expect(await react(other, seq, '❤️', false)).toMatchObject({ value: { rev } })
    await react(other, seq, '🎉', false)
    await react(one, seq, '🎉', false)
    expect((await to.rowAt(other, conversation, seq)).reactions).toEqual([{ emoji: '👍🏽', numbers: [numberOf(one)] }])
  })

  test('[P42] only emoji, one at a time', async () => {
    const seq = await to.say(one, conversation, 'react')
    for (const bad of ['', 'a', '👍👍', ':)', '<img>', '👍 ', '1', '#', '\u200d', 'x'.repeat(100), '👍'.repeat(20)])
      expect(await react(other, seq, bad)).toMatchObject({ code: 'bad_request' })
    for (const good of ['👨‍👩‍👧', '🏳️‍🌈', '🇨🇳', '1️⃣']) expect(await react(other, seq, good)).toMatchObject({ ok: true })
  })

  test('[P42] they have an end: so many different ones', async () => {
    const seq = await to.say(one, conversation, 'react')
    const many = Array.from({ length: LIMITS.reactionKinds }, (_, index) => String.fromCodePoint(0x1f400 + index))
    for (const emoji of many) expect(await react(one, seq, emoji)).toMatchObject({ ok: true })
    expect(await react(one, seq, '🎉')).toEqual({ ok: false, code: 'too_many_reactions' })
    expect(await react(other, seq, many[0] ?? '')).toMatchObject({ ok: true })
    await react(one, seq, many[5] ?? '', false)
    expect(await react(other, seq, '🎉')).toMatchObject({ ok: true })
  })

  test('[P42] at once from both, none is lost', async () => {
    const seq = await to.say(one, conversation, 'react')
    const emojis = ['👍', '🎉', '❤️', '😀']
    await Promise.all([one, other].flatMap((who) => emojis.map((emoji) => react(who, seq, emoji))))
    const { reactions = [] } = await to.rowAt(one, conversation, seq)
    expect(reactions.map(({ numbers }) => numbers.length)).toEqual([2, 2, 2, 2])
  })
})

describe('answers, mentions, shakes', () => {
  test('[P43] an answer names the place that it answers, and what stands there is asked for', async () => {
    const first = await to.say(one, conversation, 'question')
    const seq = await to.say(other, conversation, { kind: 'text', text: 'answer', reply_to: first })
    expect((await to.rowAt(one, conversation, seq)).body).toMatchObject({ reply_to: first })
    const { messages } = await to.get(one, 'messages.get', { conversation, seqs: [seq, first, first, 1_000_000] })
    expect(messages.map(saying)).toEqual(['question', 'answer'])
    expect(await to.tell(third, 'messages.get', { conversation, seqs: [first] })).toBe('not_member')
  })

  test('[P44] so many mentions and no more; calling all is nothing for two', async () => {
    const numbers = Array.from({ length: LIMITS.mentions + 1 }, (_, index) => 10_001 + index)
    const text = 'bomb'
    expect(await to.send(one, conversation, { kind: 'text', text, mentions: numbers })).toMatchObject({
      code: 'bad_request',
    })
    expect(await to.send(one, conversation, { kind: 'text', text, mentions: numbers.slice(1) })).toMatchObject({
      ok: true,
    })
    expect(await to.send(one, conversation, { kind: 'text', text, mentions: [] })).toMatchObject({
      code: 'bad_request',
    })
    expect(await to.send(one, conversation, { kind: 'text', text, mentions_all: true })).toEqual({
      ok: false,
      code: 'forbidden',
    })
    expect((await to.headOf(third, conversation)) ?? null).toBeNull()
  })

  test('[P46] one shake in five seconds, each way; a retry is no second one', async () => {
    const [two, shaken] = (await to.makePeople(2)) as [LogIn, LogIn]
    const where = await to.befriend(two, shaken)
    const id = crypto.randomUUID()
    const first = await to.send(two, where, { kind: 'shake' }, id)
    expect(first).toMatchObject({ ok: true, value: { seq: 1 } })
    expect(await to.send(two, where, { kind: 'shake' }, id)).toEqual(first)
    const second = await to.send(two, where, { kind: 'shake' })
    expect(second).toMatchObject({ ok: false, code: 'too_many_requests' })
    expect(second.ok ? 0 : second.retry_after_ms).toBeLessThanOrEqual(5_000)
    expect(await to.send(shaken, where, { kind: 'shake' })).toMatchObject({ ok: true })
    expect(await to.send(two, where, 'a text', id)).toEqual({ ok: false, code: 'message_id_conflict' })
    expect(await to.send(third, where, { kind: 'shake' })).toEqual({ ok: false, code: 'not_member' })
  })
})

test('[P47] the place of a moment: the first message at or after it, else the newest', async () => {
  const [two, reader] = (await to.makePeople(2)) as [LogIn, LogIn]
  const where = await to.befriend(two, reader)
  const locate = (at: number) => to.get(reader, 'messages.locate', { conversation: where, at })
  expect(await locate(0)).toEqual({ seq: 0 })
  const times: number[] = []
  for (let count = 0; count < 9; count += 1) {
    const seq = await to.say(two, where, `text ${count}`)
    times.push((await to.rowAt(two, where, seq)).at)
    await until(() => Date.now() > (times.at(-1) ?? 0))
  }
  for (const [index, at] of times.entries()) {
    expect(await locate(at)).toEqual({ seq: index + 1 })
    expect(await locate(at + 1)).toEqual({ seq: Math.min(9, index + 2) })
  }
  expect(await locate(0)).toEqual({ seq: 1 })
  expect(await locate(Number.MAX_SAFE_INTEGER)).toEqual({ seq: 9 })
  expect(await to.tell(third, 'messages.locate', { conversation: where, at: 0 })).toBe('not_member')
})
