import { expect, test } from 'bun:test'
import { refuse, type ErrorCode, type Result, type Sendable } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import { createOutbox } from './outbox.ts'
import type { PendingMessage } from './state.ts'

type Sent = Result<{ seq: number; rev: number; at: number }>

/** An outbox whose server answers as the test says, one request at a time. */
function makeOutbox({ keepsSent = false } = {}) {
  const pending = new Map<number, readonly PendingMessage[]>()
  const asked: { conversation: number; id: string; answer: (result: Sent) => void }[] = []
  const sent: string[] = []
  const call = ((_: string, { conversation, id }: { conversation: number; id: string }) =>
    new Promise<Sent>((answer) => asked.push({ conversation, id, answer }))) as unknown as Connection['call']
  const outbox = createOutbox(call, {
    isReady: () => true,
    pending: (conversation) => pending.get(conversation) ?? [],
    setPending: (conversation, messages) => pending.set(conversation, messages),
    onSent(conversation, { id }) {
      sent.push(id)
      if (keepsSent) return
      pending.set(
        conversation,
        (pending.get(conversation) ?? []).filter((message) => message.id !== id),
      )
    },
  })
  return {
    ...outbox,
    asked,
    sent,
    write: (id: string, conversation = 1) =>
      outbox.add(conversation, { id, at: 0, body: { kind: 'text', text: id }, state: { kind: 'sending' } }),
    messages: (conversation = 1) => pending.get(conversation) ?? [],
    states: (conversation = 1) => (pending.get(conversation) ?? []).map(({ id, state }) => [id, state.kind]),
    async answer(result: Sent): Promise<void> {
      const request = asked.at(-1)
      request?.answer(result)
      await settle()
    },
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))
const done = { ok: true, value: { seq: 1, rev: 1, at: 0 } } as const
const ids = (asked: readonly { id: string }[]) => asked.map(({ id }) => id)

test('[D5] messages of one conversation go one after the other, in the order of writing', async () => {
  const { write, asked, answer, sent } = makeOutbox()
  for (const id of ['a', 'b', 'c']) write(id)
  expect(ids(asked)).toEqual(['a'])
  await answer(done)
  expect(ids(asked)).toEqual(['a', 'b'])
  await answer(done)
  await answer(done)
  expect(sent).toEqual(['a', 'b', 'c'])
})

test('conversations do not wait for each other', () => {
  const { write, asked } = makeOutbox()
  write('a', 1)
  write('b', 2)
  expect(ids(asked)).toEqual(['a', 'b'])
})

test('[D3] what got no answer goes again with the same id, first, once there is a connection', async () => {
  const { write, asked, answer, flush, states } = makeOutbox()
  write('a')
  write('b')
  await answer(refuse('unreachable'))
  expect(ids(asked)).toEqual(['a'])
  expect(states()).toEqual([
    ['a', 'sending'],
    ['b', 'sending'],
  ])
  flush(1)
  flush(1)
  expect(ids(asked)).toEqual(['a', 'a'])
  await answer(done)
  expect(ids(asked)).toEqual(['a', 'a', 'b'])
})

test('[D3] what the server could not take just now goes again by itself, with the same id', async () => {
  const { write, asked, answer, sent } = makeOutbox()
  write('a')
  write('b')
  await answer(refuse('too_many_requests', 20))
  while (asked.length < 2) await Bun.sleep(5)
  expect(ids(asked)).toEqual(['a', 'a'])
  await answer(done)
  expect(sent).toEqual(['a'])
})

test.each(['not_member', 'not_writable', 'message_id_conflict', 'bad_request'] as const satisfies ErrorCode[])(
  'what is refused for good (%s) is shown as failed, and the next goes on',
  async (code) => {
    const { write, asked, answer, states } = makeOutbox()
    write('a')
    write('b')
    await answer(refuse(code))
    expect(ids(asked)).toEqual(['a', 'b'])
    expect(states()).toEqual([
      ['a', 'failed'],
      ['b', 'sending'],
    ])
  },
)

test('a failed message is sent again with the same id when asked, or forgotten', async () => {
  const { write, asked, answer, retry, discard, states } = makeOutbox()
  write('a')
  await answer(refuse('not_writable'))
  retry(1, 'a')
  expect(ids(asked)).toEqual(['a', 'a'])
  discard(1, 'a')
  expect(states()).toEqual([['a', 'sending']])
  await answer(refuse('not_writable'))
  discard(1, 'a')
  expect(states()).toEqual([])
})

test('[D9] what a forward would have looked like goes when it is refused: it may have been taken back', async () => {
  const { add, answer, messages } = makeOutbox()
  const body: Sendable = { kind: 'forward', from: 2, seqs: [1], merged: false }
  const preview = { kind: 'text', text: 'taken back' } as const
  add(1, { id: 'a', at: 0, body, preview, state: { kind: 'sending' } })
  expect(messages()).toMatchObject([{ preview }])
  await answer(refuse('recalled'))
  expect(messages()).toEqual([{ id: 'a', at: 0, body, state: { kind: 'failed', code: 'recalled' } }])
})

test('[Y20] what has no place in this history is not sent, though one tries again', () => {
  const { asked, retry } = makeOutbox()
  retry(-10_002, 'a')
  expect(asked).toEqual([])
})

test('[D4] what was acknowledged is not sent again, though its row has not come yet', async () => {
  const { write, asked, answer, flush } = makeOutbox({ keepsSent: true })
  write('a')
  await answer(done)
  flush(1)
  write('b')
  expect(ids(asked)).toEqual(['a', 'b'])
})

test('what is written in the very turn in which the last one was acknowledged goes too', async () => {
  const { write, asked } = makeOutbox()
  for (let turns = 0; turns < 6; turns += 1) {
    write(`first ${turns}`)
    const count = asked.length
    asked.at(-1)?.answer(done)
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    write(`second ${turns}`)
    await settle()
    expect(ids(asked).slice(count)).toEqual([`second ${turns}`])
    asked.at(-1)?.answer(done)
    await settle()
  }
})
