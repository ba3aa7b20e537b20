/** The checker of changes can fail: each way of breaking a rule is named. */
import { expect, test } from 'bun:test'
import { refuse, type MessageRow } from '@rookery/protocol'
import { recordAmendments, type Change } from './amendments.ts'

const [writer, other] = [10_001, 10_002]
const original: MessageRow = {
  conversation: 1,
  seq: 1,
  rev: 1,
  id: 'a',
  sender: writer,
  at: 0,
  body: { kind: 'text', text: 'first' },
}
const sent = {
  id: 'a',
  conversation: 1,
  sender: writer,
  text: 'first',
  sentAt: 1,
  acknowledgedAt: 2,
  seq: 1,
  excused: false,
}

/** Changes to one message, each answered with its rev, refused, or not answered, before the next is asked for. */
async function record(...steps: readonly [change: Change, answer: number | 'refused' | 'none', by?: number][]) {
  let step = 0
  const amendments = recordAmendments(() => (step += 1))
  for (const [change, answer, by = writer] of steps)
    await amendments.make({ conversation: 1, seq: 1, by, change }, async () => {
      if (answer === 'none') return refuse('unreachable')
      return answer === 'refused' ? refuse('not_editable') : { ok: true, value: { ...original, rev: answer } }
    })
  return (row: Partial<MessageRow>) => amendments.findFaults(1, [{ ...original, ...row }]).map(({ kind }) => kind)
}

const edit = (text: string): Change => ({ kind: 'edit', text })
const recall: Change = { kind: 'recall' }
const react = (on: boolean): Change => ({ kind: 'react', emoji: '👍', on })
const saying = (text: string, rev: number, edited_at = 1): Partial<MessageRow> => ({
  rev,
  body: { kind: 'text', text },
  edited_at,
})
const recalled = (rev: number, by = writer): Partial<MessageRow> => ({ rev, body: { kind: 'recalled', by } })
const reacted = (rev: number, ...numbers: number[]): Partial<MessageRow> => ({
  rev,
  reactions: [{ emoji: '👍', numbers }],
})

test('[D11] the last edit that was answered is what a message says', async () => {
  const find = await record([edit('second'), 2], [edit('third'), 3])
  expect(find(saying('third', 3))).toEqual([])
  expect(find(saying('second', 3))).toEqual(['changed'])
  expect(find(saying('second', 2))).toEqual(['lost', 'changed'])
  expect(find({})).toEqual(['lost', 'lost', 'changed'])
  const { edited_at: _, ...unmarked } = saying('third', 3)
  expect(find(unmarked)).toEqual(['changed'])
})

test('[D11] one that got no answer may have been made, or not; one that was refused was not', async () => {
  const unknown = await record([edit('second'), 'none'])
  expect([unknown({}), unknown(saying('second', 2)), unknown(saying('third', 2))]).toEqual([[], [], ['changed']])
  const refused = await record([edit('second'), 'refused'])
  expect([refused({}), refused(saying('second', 2))]).toEqual([[], ['changed']])
})

test('[D11] what was asked for later has the higher rev; nobody edits what others said', async () => {
  const late = await record([edit('second'), 3], [edit('third'), 2])
  expect(late(saying('second', 3))).toEqual(['disordered'])
  const foreign = await record([edit('second'), 2, other])
  expect(foreign(saying('second', 2))).toContain('refused')
  const unknown = await record([edit('second'), 'none', other])
  expect(unknown(saying('second', 2))).toEqual(['changed'])
})

test('[D11] only texts are edited', async () => {
  const body: MessageRow['body'] = { kind: 'merged', title: '', items: [] }
  expect((await record([edit('second'), 'none']))({ body })).toEqual([])
  expect((await record([edit('second'), 2]))({ rev: 2, body })).toEqual(['changed'])
})

test('[D9] what was taken back says nothing more, and only what somebody took back', async () => {
  const find = await record([edit('second'), 2], [recall, 3])
  expect(find(recalled(3))).toEqual([])
  expect(find(saying('second', 3))).toEqual(['changed'])
  expect(find({ ...recalled(3), ...reacted(3, other) })).toEqual(['changed'])
  expect(find(recalled(3, other))).toEqual(['changed'])
  expect((await record())(recalled(2))).toEqual(['changed'])
})

test('[D11] reactions are those that were put there and not taken away', async () => {
  const find = await record([react(true), 2, other], [react(false), 3, other], [react(true), 4])
  expect(find(reacted(4, writer))).toEqual([])
  expect(find(reacted(4, writer, other))).toEqual(['changed'])
  expect(find({ rev: 4 })).toEqual(['changed'])
  expect(find(reacted(4, writer, 10_003))).toEqual(['foreign'])
  const unknown = await record([react(true), 'none', other])
  expect([unknown({}), unknown(reacted(2, other))]).toEqual([[], []])
})

test('[D3] a row is what has become of a message, or it is another', async () => {
  const amendments = recordAmendments(() => 1)
  const accepts = (row: Partial<MessageRow>) => amendments.accepts(sent, { ...original, ...row })
  expect([accepts({}), accepts(saying('second', 2)), accepts(recalled(2)), accepts({ sender: other })]).toEqual([
    true,
    false,
    false,
    false,
  ])
  for (const change of [edit('second'), recall])
    await amendments.make({ conversation: 1, seq: 1, by: writer, change }, async () => refuse('unreachable'))
  expect([accepts(saying('second', 2)), accepts(recalled(2))]).toEqual([true, true])
})
