import { expect, test } from 'bun:test'
import { LIMITS } from '@rookery/protocol'
import * as fc from 'fast-check'
import {
  makeAccount,
  makePair,
  newMessage,
  say,
  setWritable,
  textOf,
  useStore,
  valueOf,
  type OpenStore,
} from './people.ts'

export function describeMessages(open: OpenStore): void {
  const store = useStore(open)
  const textsOf = async (conversation: number) =>
    (await store().messages.page({ conversation, limit: 1_000 })).map(textOf)

  test('[D2] seq and rev are dense, in the order of calls, whoever sends', async () => {
    const { one, other, conversation } = await makePair(store())
    const messages = Array.from({ length: 200 }, (_, index) =>
      newMessage(conversation, index % 3 === 0 ? other : one, `text ${index}`),
    )
    const answers = await Promise.all(messages.map((message) => store().messages.append(message)))
    const numbers = messages.map((_, index) => index + 1)
    expect(answers.map((answer) => valueOf(answer).seq)).toEqual(numbers)
    expect(answers.map((answer) => valueOf(answer).rev)).toEqual(numbers)
    expect(await textsOf(conversation)).toEqual(messages.map(textOf))
  })

  test('[D2] each conversation counts for itself', async () => {
    const [first, second] = [await makePair(store()), await makePair(store())]
    await say(store(), first, 1, 3)
    const { seq } = valueOf(await store().messages.append(newMessage(second.conversation, second.one, 'x')))
    expect(seq).toBe(1)
  })

  test('[D1] a message reads back as it was written', async () => {
    const { one, other, conversation } = await makePair(store())
    const message = newMessage(conversation, one, `line\nline 🎉 '; DROP TABLE messages; -- 甲 \u202e`)
    const { seq, rev, at, duplicate, audience } = valueOf(await store().messages.append(message))
    expect(duplicate).toBe(false)
    expect(audience).toEqual({ kind: 'people', numbers: [one, other] })
    const { id, body } = message
    const row = { conversation, seq, rev, id, sender: one, at, body }
    expect(await store().messages.page({ conversation, limit: 10 })).toEqual([row])
  })

  test('[D1] any text that the protocol admits survives', async () => {
    const { one, conversation } = await makePair(store())
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).filter((value) => !value.includes('\0'))
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const { seq } = valueOf(await store().messages.append(newMessage(conversation, one, value)))
        const [row] = await store().messages.page({ conversation, after: seq - 1, limit: 1 })
        expect(row && textOf(row)).toBe(value)
      }),
      { numRuns: 50 },
    )
    const longest = '\u{10ffff}'.repeat(LIMITS.textLength / 2)
    valueOf(await store().messages.append(newMessage(conversation, one, longest)))
    expect((await store().messages.page({ conversation, limit: 1 })).map(textOf)).toEqual([longest])
  })

  test('[D3] the same id again is the same message, and nothing is written', async () => {
    const pair = await makePair(store())
    const message = newMessage(pair.conversation, pair.one, 'once')
    const first = valueOf(await store().messages.append(message))
    await say(store(), pair, 1, 2)
    const again = await Promise.all(
      Array.from({ length: 50 }, (_, index) => store().messages.append({ ...message, at: message.at + index + 1 })),
    )
    for (const answer of again) expect(valueOf(answer)).toEqual({ ...first, duplicate: true })
    expect(await textsOf(pair.conversation)).toEqual(['once', 'text 1', 'text 2'])
    const next = await store().messages.append(newMessage(pair.conversation, pair.one, 'next'))
    expect(valueOf(next)).toMatchObject({ seq: 4, rev: 4 })
  })

  test('[D3] the same id with another body, or elsewhere, is refused, and nothing is written', async () => {
    const { one, conversation } = await makePair(store())
    const message = newMessage(conversation, one, 'once')
    const third = await makeAccount(store())
    const elsewhere = valueOf(await store().conversations.openDirect({ one, other: third })).conversation
    await setWritable(store(), one, elsewhere, true)
    valueOf(await store().messages.append(message))
    const conflict = { ok: false, code: 'message_id_conflict' } as const
    expect(await store().messages.append({ ...message, body: { kind: 'text', text: 'twice' } })).toEqual(conflict)
    expect(await store().messages.append({ ...message, conversation: elsewhere })).toEqual(conflict)
    expect(await textsOf(conversation)).toEqual(['once'])
    expect(await textsOf(elsewhere)).toEqual([])
    expect(valueOf(await store().messages.append(newMessage(conversation, one, 'next'))).seq).toBe(2)
  })

  test('[D3] ids are each sender’s own: nobody can occupy somebody else’s', async () => {
    const { one, other, conversation } = await makePair(store())
    const id = crypto.randomUUID()
    const first = await store().messages.append(newMessage(conversation, one, 'one', id))
    const second = await store().messages.append(newMessage(conversation, other, 'two', id))
    expect([valueOf(first).seq, valueOf(second).seq]).toEqual([1, 2])
  })

  test('[D8] who is no member is refused, and nothing is written', async () => {
    const { conversation } = await makePair(store())
    const stranger = await makeAccount(store())
    const refused = { ok: false, code: 'not_member' } as const
    expect(await store().messages.append(newMessage(conversation, stranger, 'x'))).toEqual(refused)
    expect(await store().messages.append(newMessage(conversation + 1_000_000, stranger, 'x'))).toEqual(refused)
    expect(await textsOf(conversation)).toEqual([])
  })

  test('[D10] who lost the right to write is refused from the moment that it is acknowledged', async () => {
    const { one, other, conversation } = await makePair(store())
    const before = store().messages.append(newMessage(conversation, one, 'before'))
    const taken = setWritable(store(), one, conversation, false)
    await taken
    const after = await store().messages.append(newMessage(conversation, one, 'after'))
    expect(valueOf(await before).seq).toBe(1)
    expect(after).toEqual({ ok: false, code: 'not_writable' })
    expect(valueOf(await store().messages.append(newMessage(conversation, other, 'other'))).seq).toBe(2)
    expect(await textsOf(conversation)).toEqual(['before', 'other'])
    await setWritable(store(), one, conversation, true)
    expect(valueOf(await store().messages.append(newMessage(conversation, one, 'again'))).seq).toBe(3)
  })

  test('[D3] a retry is answered even after the right to write was lost', async () => {
    const { one, conversation } = await makePair(store())
    const message = newMessage(conversation, one, 'once')
    const first = valueOf(await store().messages.append(message))
    await setWritable(store(), one, conversation, false)
    expect(valueOf(await store().messages.append(message))).toEqual({ ...first, duplicate: true })
    expect(await store().messages.append({ ...message, body: { kind: 'text', text: 'other' } })).toEqual({
      ok: false,
      code: 'message_id_conflict',
    })
  })

  test('[D2] [D3] [D4] any interleaving of senders and retries leaves one copy of each, in one order', async () => {
    const step = fc.record({
      sender: fc.nat(1),
      message: fc.nat(7),
      body: fc.constantFrom('this', 'this', 'this', 'that'),
      settle: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const { one, other, conversation } = await makePair(store())
        const ids = Array.from({ length: 8 }, () => crypto.randomUUID())
        const asked: {
          key: string
          body: string
          answer: ReturnType<ReturnType<typeof store>['messages']['append']>
        }[] = []
        for (const { sender, message, body, settle } of steps) {
          const number = sender === 0 ? one : other
          const answer = store().messages.append(newMessage(conversation, number, body, ids[message]))
          asked.push({ key: `${number} ${ids[message]}`, body, answer })
          if (settle) await answer
        }
        const expected = new Map<string, { seq: number; body: string }>()
        for (const { key, body, answer } of asked) {
          const known = expected.get(key)
          if (!known) expected.set(key, { seq: expected.size + 1, body })
          const { seq, body: stored } = expected.get(key) ?? { seq: 0, body: '' }
          if (stored === body) expect(valueOf(await answer)).toMatchObject({ seq, rev: seq, duplicate: Boolean(known) })
          else expect(await answer).toEqual({ ok: false, code: 'message_id_conflict' })
        }
        const log = await store().messages.page({ conversation, limit: 100 })
        expect(log.map((row) => [`${row.sender} ${row.id}`, { seq: row.seq, body: textOf(row) }])).toEqual(
          [...expected].map(([key, row]) => [key, row]),
        )
      }),
      { numRuns: 40 },
    )
  })

  test('pages: the newest below `before`, or the oldest above `after`, always in order of seq', async () => {
    const pair = await makePair(store())
    await say(store(), pair, 1, 10)
    const { conversation } = pair
    const seqs = async (where: { before?: number; after?: number; limit: number }) =>
      (await store().messages.page({ conversation, ...where })).map(({ seq }) => seq)
    expect(await seqs({ limit: 3 })).toEqual([8, 9, 10])
    expect(await seqs({ before: 8, limit: 3 })).toEqual([5, 6, 7])
    expect(await seqs({ before: 2, limit: 3 })).toEqual([1])
    expect(await seqs({ before: 1, limit: 3 })).toEqual([])
    expect(await seqs({ before: 0, limit: 3 })).toEqual([])
    expect(await seqs({ after: 0, limit: 3 })).toEqual([1, 2, 3])
    expect(await seqs({ after: 8, limit: 3 })).toEqual([9, 10])
    expect(await seqs({ after: 10, limit: 3 })).toEqual([])
    expect(await seqs({ after: Number.MAX_SAFE_INTEGER, limit: 3 })).toEqual([])
  })
}
