/** The checker can fail: each way of breaking a rule is named. */
import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import { recordHistory, type History } from './history.ts'

const sender = 10_001
const ids = ['a', 'b', 'c', 'd']

/** Four messages of one device, acknowledged at 1 to 4 as they were sent. */
function record(): History {
  const history = recordHistory()
  for (const [index, id] of ids.entries()) {
    history.send({ id, conversation: 1, sender, text: `text ${id}`, line: '1.1' })
    history.acknowledge(id, index + 1)
  }
  return history
}

function row(id: string, seq: number, text = `text ${id}`): MessageRow {
  return { conversation: 1, seq, rev: seq, id, sender, at: 0, body: { kind: 'text', text } }
}

const rightLog = ids.map((id, index) => row(id, index + 1))
const kindsOf = (history: History, log: readonly MessageRow[]) => [
  ...new Set([...history.noted, ...history.findFaults(1, log)].map(({ kind }) => kind)),
]

test('a right log has no fault', () => {
  expect(kindsOf(record(), rightLog)).toEqual([])
})

test('[D1] an acknowledged message that is not there is lost', () => {
  expect(kindsOf(record(), rightLog.slice(0, 3))).toEqual(['lost'])
})

test('[D2] a hole is a gap, and what stood in it is lost', () => {
  expect(kindsOf(record(), rightLog.toSpliced(1, 1))).toEqual(['gap', 'lost'])
})

test('[D4] two copies are doubled', () => {
  expect(kindsOf(record(), [...rightLog, row('b', 5)])).toEqual(['doubled'])
})

test('[D3] another text is changed', () => {
  expect(kindsOf(record(), rightLog.with(2, row('c', 3, 'other')))).toEqual(['changed'])
})

test('[D1] [D5] two that have changed places are changed, and in disorder', () => {
  const swapped = [row('a', 1), row('c', 2), row('b', 3), row('d', 4)]
  expect(kindsOf(record(), swapped)).toEqual(['changed', 'disordered'])
})

test('[D5] what was sent after an acknowledgement and stands before it is in disorder', () => {
  const history = recordHistory()
  history.send({ id: 'a', conversation: 1, sender, text: 'text a' })
  history.acknowledge('a', 2)
  history.send({ id: 'b', conversation: 1, sender: 10_002, text: 'text b' })
  expect(kindsOf(history, [{ ...row('b', 1), sender: 10_002 }, row('a', 2)])).toEqual(['disordered'])
})

test('[D5] one device’s messages stand as they were written, acknowledged or not', () => {
  const history = recordHistory()
  for (const id of ['a', 'b']) history.send({ id, conversation: 1, sender, text: `text ${id}`, line: '1.1' })
  expect(kindsOf(history, [row('b', 1), row('a', 2)])).toEqual(['disordered'])
})

test('[D3] an id that is answered with another place is changed', () => {
  const history = record()
  history.acknowledge('b', 3)
  expect(kindsOf(history, rightLog)).toEqual(['changed'])
})

test('[D2] two devices that show different messages at one place', () => {
  const history = record()
  history.see(row('x', 2))
  expect(kindsOf(history, rightLog)).toEqual(['changed'])
})

test('[D1] what a device has shown stays, though nobody was told that it was sent', () => {
  const history = recordHistory()
  history.send({ id: 'a', conversation: 1, sender, text: 'text a' })
  expect(kindsOf(history, [])).toEqual([])
  history.see(row('a', 1))
  expect(kindsOf(history, [])).toEqual(['lost'])
})

test('what nobody sent is foreign', () => {
  expect(kindsOf(record(), [...rightLog, row('x', 5)])).toEqual(['foreign'])
})

test('[D4] what an outbox has must arrive, unless its device crashed before it was written down', () => {
  const history = record()
  history.send({ id: 'e', conversation: 1, sender, text: 'text e', line: '1.1' })
  expect(kindsOf(history, rightLog)).toEqual(['lost'])
  history.excuse('e')
  expect(kindsOf(history, rightLog)).toEqual([])
})

test('[D13] after a restore: what the backup had must be there, what was pending goes out, the rest may be gone', () => {
  const history = record()
  const bookmark = history.bookmark()
  for (const [index, id] of ['e', 'f'].entries()) {
    history.send({ id, conversation: 1, sender, text: `text ${id}`, line: '1.1' })
    history.acknowledge(id, 5 + index)
  }
  history.restore(bookmark, new Set(['f']))
  expect(kindsOf(history, rightLog)).toEqual(['lost'])
  expect(kindsOf(history, [...rightLog, row('f', 5)])).toEqual([])
  expect(kindsOf(history, rightLog.slice(0, 3))).toEqual(['lost'])
})

test('[D6] the least a read pointer must be is the greatest that was told', () => {
  const history = recordHistory()
  for (const seq of [3, 7, 5]) history.point(sender, 1, seq)
  expect(history.pointerOf(sender, 1)).toBe(7)
})
