import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import * as fc from 'fast-check'
import { firstSeq, mergeRows } from './loaded.ts'

const row = (seq: number, rev = seq): MessageRow => ({
  conversation: 1,
  seq,
  rev,
  id: `${seq}`,
  sender: 10_001,
  at: 0,
  body: { kind: 'text', text: `${seq} at ${rev}` },
})

test('[D2] [D7] [Y2] whatever rows come in whatever order: the run has no hole, no copy, and ends with the newest', () => {
  const given = fc.array(fc.record({ seq: fc.integer({ min: 1, max: 20 }), rev: fc.integer({ min: 1, max: 40 }) }))
  fc.assert(
    fc.property(given, fc.integer({ min: 1, max: 20 }), (changes, last_seq) => {
      const rows = changes.filter(({ seq }) => seq <= last_seq).map(({ seq, rev }) => row(seq, rev))
      let messages: readonly MessageRow[] = [row(last_seq, 1)]
      const newest = new Map([[last_seq, 1]])
      for (const one of rows) {
        messages = mergeRows({ messages, last_seq }, [one])
        newest.set(one.seq, Math.max(newest.get(one.seq) ?? 0, one.rev))
      }
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => last_seq - messages.length + 1 + index))
      expect(messages.at(-1)?.rev).toBe(newest.get(last_seq) ?? 0)
    }),
  )
})

test('[D11] [Y1] of two rows with one seq the later rev stays, whichever came first', () => {
  const run = { messages: [row(1), row(2), row(3)], last_seq: 3 }
  expect(mergeRows(run, [row(2, 9)]).map(({ rev }) => rev)).toEqual([1, 9, 3])
  expect(mergeRows({ ...run, messages: mergeRows(run, [row(2, 9)]) }, [row(2, 5)]).map(({ rev }) => rev)).toEqual([
    1, 9, 3,
  ])
})

test('what changes nothing leaves the array as it is', () => {
  const run = { messages: [row(4), row(5)], last_seq: 5 }
  expect(mergeRows(run, [row(4), row(2)])).not.toBe(run.messages)
  expect(mergeRows(run, [row(4)])).toBe(run.messages)
  expect(mergeRows(run, [])).toBe(run.messages)
  expect(firstSeq(run)).toBe(4)
  expect(firstSeq({ messages: [], last_seq: 5 })).toBe(6)
})
