/** [D12] The unread count belongs to the read pointer, whatever overtakes what. */
import { expect, test } from 'bun:test'
import { ok, type Input, type Output, type Result } from '@rookery/protocol'
import { applySync } from './comparison.ts'
import type { Connection } from './connection.ts'
import { moveReadPointer } from './counting.ts'
import { nothingHeld, putConversation, type Held } from './held.ts'
import { makeAnswer, makeChanged, makeDirect, makeMessage, me } from './sample.ts'
import { createSync } from './sync.ts'

const message = (seq: number) => makeMessage(seq, { conversation: 1 })
const membership = makeDirect(1, { conversation: 1 })
const changed = (unread: number) => makeChanged([message(90)], unread, { conversation: 1 })
const answer = makeAnswer({ memberships: [membership], conversations: [changed(90)], total: 90 })

/** Of 90 messages only the newest is loaded: counting is the server's. */
const start = applySync({ ...nothingHeld, state: { ...nothingHeld.state, me } }, answer)

const conversationOf = ({ state }: Held) => state.conversations.get(1)

function read(held: Held, seq: number, told: boolean): Held {
  const conversation = conversationOf(held)
  if (!conversation) throw new Error('There is no conversation.')
  const moved = moveReadPointer(conversation, seq, me)
  return { ...held, state: putConversation(held.state, { ...moved, ...(told && { told_read_seq: seq }) }) }
}

/** A device whose server first counts, and while that answer is on its way `meanwhile` happens. */
async function compareWhile(
  meanwhile: (held: Held, touch: () => void) => Held,
): Promise<{ held: Held; asked: number }> {
  let held = read(start, 10, true)
  let asked = 0
  const call = async (_: string, request: Input<'sync'>): Promise<Result<Output<'sync'>>> => {
    expect(request.heads).toEqual([[1, 89]])
    asked += 1
    const { read_seq = 0 } = conversationOf(held) ?? {}
    if (asked === 1) held = meanwhile(held, sync.noteTouch)
    return ok({ ...answer, memberships: [], conversations: [changed(90 - read_seq)] })
  }
  const sync = createSync({
    call: call as unknown as Connection['call'],
    held: () => held,
    set(next) {
      held = next
    },
    onCompared() {},
  })
  await sync.compare()
  return { held, asked }
}

test('[D12] the pointer moves, and the server is told, while a count is on its way: it is asked again', async () => {
  const { held, asked } = await compareWhile((before) => read(before, 20, true))
  expect(conversationOf(held)).toMatchObject({ read_seq: 20, unread: 70, compared: 'yes' })
  expect(asked).toBe(2)
})

test('[D12] the same when a push comes at that moment', async () => {
  const { held } = await compareWhile((before, touch) => {
    touch()
    return read(before, 20, true)
  })
  expect(conversationOf(held)).toMatchObject({ unread: 70, compared: 'yes' })
})

test('[D12] as long as the server has not heard of the pointer it cannot count: it is asked when it has', async () => {
  const stale = { ...answer, memberships: [], conversations: [changed(80)] }
  const asked = read(start, 10, true)
  const held = applySync(read(asked, 20, false), stale, [[1, 89]], asked.state)
  expect(conversationOf(held)?.compared).toBe('uncounted')
})

test('[D12] a pointer that another device moved comes with its count', () => {
  const moved = {
    ...answer,
    rev: 2,
    memberships: [{ ...membership, read_seq: 30, rev: 2 }],
    conversations: [changed(60)],
  }
  expect(conversationOf(applySync(start, moved, [], start.state))).toMatchObject({
    read_seq: 30,
    unread: 60,
    compared: 'yes',
  })
})
