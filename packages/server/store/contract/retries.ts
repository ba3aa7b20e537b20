/** An id that was used already, after what it was used for became another. */
import { expect, test } from 'bun:test'
import type { Body } from '@rookery/protocol'
import type { NewMessage } from '../../core/log-ports.ts'
import { changeMessage, edit, readOne, recall } from './actions.ts'
import { makePair, newMessage, useStore, valueOf, type OpenStore } from './people.ts'

const conflict = { ok: false, code: 'message_id_conflict' } as const
const sent = { kind: 'forward' as const, from: 1, seqs: [1], merged: false }
const saying = (message: NewMessage, text: string): NewMessage => ({ ...message, body: { kind: 'text', text } })

export function describeRetries(open: OpenStore): void {
  const store = useStore(open)

  /** A message that was sent, what to answer to it again, and whether others under its id are refused. */
  async function sendOne(body: Body, rest: Pick<NewMessage, 'sent'> = {}) {
    const pair = await makePair(store())
    const message: NewMessage = { ...newMessage(pair.conversation, pair.one, body), ...rest }
    const { at, audience, seq } = valueOf(await store().messages.append(message))
    async function expectOnly(accepted: NewMessage, others: readonly NewMessage[]) {
      const { rev } = await readOne(store(), pair.conversation, seq)
      const stored = await store().messages.page({ conversation: pair.conversation, limit: 10 })
      for (const other of others) expect(await store().messages.append(other)).toEqual(conflict)
      const again = valueOf(await store().messages.append(accepted))
      expect(again).toEqual({ seq, rev, at, audience, duplicate: true })
      expect(await store().messages.page({ conversation: pair.conversation, limit: 10 })).toEqual(stored)
    }
    return { message, seq, ...pair, expectOnly }
  }

  test('[D3] [P20] another body is refused after an edit, however often, and a recall', async () => {
    const { message, seq, conversation, expectOnly } = await sendOne({ kind: 'text', text: 'first 甲' })
    const others = ['second', 'third', 'another', ''].map((text) => saying(message, text))
    await edit(store(), conversation, seq, 'second')
    await expectOnly(message, others)
    await edit(store(), conversation, seq, 'third')
    await expectOnly(message, others)
    await recall(store(), conversation, seq)
    await expectOnly(message, [...others, { ...message, body: { kind: 'shake' } }])
  })

  test('[D3] [P20] another body is refused after a recall', async () => {
    const { message, seq, conversation, one, expectOnly } = await sendOne({ kind: 'shake' })
    await changeMessage(store(), conversation, seq, { reactions: [{ emoji: '👍', numbers: [one] }] })
    await expectOnly(message, [saying(message, 'x')])
    await recall(store(), conversation, seq)
    await expectOnly(message, [saying(message, 'x'), { ...message, body: { kind: 'recalled', by: one } }])
  })

  test('[D3] [P45] where the server made the body of what was sent: what was sent counts, whatever is made of it now', async () => {
    const forwarded = { number: 10_001, name: 'somebody' }
    const { message, seq, conversation, expectOnly } = await sendOne(
      { kind: 'text', text: 'theirs', forwarded },
      { sent },
    )
    const { sent: _, ...unsaid } = message
    const others = [{ ...message, sent: { ...sent, seqs: [2] } }, { ...message, sent: { ...sent, from: 2 } }, unsaid]
    await expectOnly({ ...message, body: { kind: 'text', text: 'edited since', forwarded } }, others)
    await recall(store(), conversation, seq)
    await expectOnly({ ...message, body: { kind: 'recalled', by: message.sender } }, others)
  })

  test('[D3] [P20] of several at the same moment the first counts, and those that are the same', async () => {
    const { conversation, one } = await makePair(store())
    const message: NewMessage = { ...newMessage(conversation, one, 'made of it'), sent }
    const { sent: _, ...unsaid } = message
    const all = [message, saying(message, 'made of it later'), { ...message, sent: { ...sent, from: 2 } }, unsaid]
    const answers = await Promise.all(all.map((each) => store().messages.append(each)))
    const codes = answers.map((answer) => (answer.ok ? answer.value.duplicate : answer.code))
    expect(codes).toEqual([false, true, 'message_id_conflict', 'message_id_conflict'])
  })
}
