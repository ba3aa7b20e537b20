import { expect, test } from 'bun:test'
import { byChat } from './by-chat.ts'

function hit(conversation: number, seq: number) {
  const body = { kind: 'text', text: 'text' } as const
  return { message: { conversation, seq, rev: seq, id: `id-${seq}`, sender: 10_001, at: seq, body } }
}

test('many hits of one chat become one line, in the place of the newest', () => {
  const lines = byChat([hit(1, 9), hit(2, 8), hit(1, 7), hit(3, 6), hit(1, 5), hit(2, 4)])
  expect(lines.map((line) => (line.kind === 'many' ? [line.conversation, line.count] : line.hit.message.seq))).toEqual([
    [1, 3],
    8,
    4,
    6,
  ])
})
