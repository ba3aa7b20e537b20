import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import { createSeedThread, type Ask, type DirectRow } from './seed-thread.ts'

const peer = 10_002
const membership = { kind: 'direct', conversation: 1, peer, rev: 1 } as DirectRow

function makeRow(seq: number, sender: number, rev = seq, text = `text ${seq}`): MessageRow {
  return { conversation: 1, seq, rev, sender, id: `id ${seq}`, at: seq, body: { kind: 'text', text } }
}

/** A thread of a log that goes so far, and the names of what it asks. */
function openThread(rows: MessageRow[]) {
  const asked: string[] = []
  const ask = (async (name: string, input: { after?: number }) => {
    asked.push(name)
    const messages = rows.filter(({ seq }) => seq > (input.after ?? 0))
    return { ok: true, value: name === 'messages.page' ? { messages } : {} }
  }) as Ask
  const thread = createSeedThread(ask, 'seed', membership, rows.length)
  thread.learn({ conversation: 1, last_seq: rows.length, rev: rows.length })
  return { thread, asked }
}

test('what is pushed while nothing waits is counted and taken without a look at the store', async () => {
  const { thread, asked } = openThread([])
  expect(await thread.count()).toBe(0)
  thread.receive(makeRow(1, peer - 1))
  thread.receive(makeRow(2, peer))
  expect(await thread.count()).toBe(1)
  const row = await thread.peek()
  expect(row && thread.take(row).text).toBe('text 2')
  expect(thread.hasNews).toBe(false)
  expect(asked).toEqual(['conversations.read'])
})

test('[D9] a pushed row that was edited or taken back since is looked up anew', async () => {
  const rows: MessageRow[] = []
  const { thread } = openThread(rows)
  thread.receive(makeRow(1, peer))
  rows.push(makeRow(1, peer, 2, 'edited'))
  thread.receive(makeRow(1, peer, 2, 'edited'))
  const row = await thread.peek()
  expect(row && thread.take(row).text).toBe('edited')
})

test('what is pushed behind something that waits does not come before it', async () => {
  const rows: MessageRow[] = []
  const { thread } = openThread(rows)
  for (const seq of [1, 2]) {
    rows.push(makeRow(seq, peer))
    thread.receive(makeRow(seq, peer))
  }
  const texts: string[] = []
  for (let row = await thread.peek(); row; row = await thread.peek()) texts.push(thread.take(row).text)
  expect(texts).toEqual(['text 1', 'text 2'])
})
