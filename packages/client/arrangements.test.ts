import { expect, test } from 'bun:test'
import { ok, refuse, type MembershipRow } from '@rookery/protocol'
import { createArrangements } from './arrangements.ts'
import { applySync } from './comparison.ts'
import { nothingHeld, type Held } from './held.ts'
import { applyOwnRows } from './own-rows.ts'
import { chat, makeAnswer, makeDirect, me, noRows } from './sample.ts'
import { makeDevice, settle } from './simulated-device.ts'
import type { Arrangement, Conversation } from './state.ts'

type Direct = Extract<MembershipRow, { kind: 'direct' }>

/** A device and its server, where a row of the same conversation may also be changed from elsewhere. */
function open() {
  const start = { ...nothingHeld, state: { ...nothingHeld.state, me } }
  let held: Held = applySync(start, makeAnswer({ memberships: [makeDirect(1)] }))
  let row: Direct = makeDirect(1)
  let isReady = true
  const device = makeDevice()

  function change(given: Partial<Direct>): Direct {
    row = { ...row, ...given, rev: row.rev + 1 }
    return row
  }
  const receive = (next: MembershipRow) => {
    held = applyOwnRows(held, { ...noRows, memberships: [next] }) ?? held
  }
  const serve = () =>
    device.serve({
      'conversations.arrange': ({ pinned, conversation: _conversation, ...rest }) =>
        ok(change({ ...rest, ...(pinned !== undefined && { pinned_at: pinned ? 5_000 : 0 }) } as Partial<Direct>)),
    })
  serve()
  const parts = {
    call: device.call,
    state: () => held.state,
    set(state: Held['state']) {
      held = { ...held, state }
    },
    isReady: () => isReady,
    onTold: receive,
  }
  return {
    device,
    serve,
    arrangements: createArrangements(parts),
    pushed: (given: Partial<Direct>) => receive(change(given)),
    change,
    receive,
    ready(next: boolean) {
      isReady = next
    },
    stored: () => row,
    conversation(): Conversation {
      const found = held.state.conversations.get(chat)
      if (!found) throw new Error('The conversation is not held.')
      return found
    },
  }
}

const asked = ({ device }: ReturnType<typeof open>) => device.asked.map(({ input }) => input as Arrangement)

test('[Y30] a pin, a mute and a mark are there at once, and then as the server says', async () => {
  const here = open()
  here.arrangements.arrange(chat, { pinned: true, muted: true })
  expect(here.conversation()).toMatchObject({ muted: true, untold: { pinned: true, muted: true } })
  expect(here.conversation().pinned_at).toBeGreaterThan(0)
  await settle()
  expect(here.conversation()).toMatchObject({ pinned_at: 5_000, muted: true, untold: {}, own_rev: 2 })
  here.arrangements.arrange(chat, { pinned: false, marked: true })
  await settle()
  expect(here.conversation()).toMatchObject({ pinned_at: 0, muted: true, marked: true, untold: {} })
  expect(asked(here)).toHaveLength(2)
})

test('[Y30] without a connection it stays as it is here, whatever comes, and is told later: the last writer wins', async () => {
  const here = open()
  here.device.serve({})
  here.arrangements.arrange(chat, { pinned: true, draft: 'mine' })
  await settle()
  here.pushed({ pinned_at: 0, muted: true, draft: 'theirs' })
  expect(here.conversation()).toMatchObject({ muted: true, draft: 'mine', own_rev: 2 })
  expect(here.conversation().pinned_at).toBeGreaterThan(0)
  here.serve()
  here.ready(false)
  await here.arrangements.tellAll()
  expect(here.stored().draft).toBe('theirs')
  here.ready(true)
  await here.arrangements.tellAll()
  expect(here.stored()).toMatchObject({ draft: 'mine', muted: true, pinned_at: 5_000 })
  expect(here.conversation()).toMatchObject({ draft: 'mine', muted: true, pinned_at: 5_000, untold: {}, own_rev: 3 })
})

test('[D11] [Y30] what another device wrote after it is what stands, though it comes before the answer', async () => {
  const here = open()
  here.device.serve({
    'conversations.arrange'() {
      const mine = here.change({ pinned_at: 5_000 })
      here.receive(mine)
      here.pushed({ pinned_at: 0 })
      return ok(mine)
    },
  })
  here.arrangements.arrange(chat, { pinned: true })
  await settle()
  expect(here.conversation()).toMatchObject({ pinned_at: 0, untold: {}, own_rev: 3 })
})

test('[Y30] a draft is told when nothing was typed for a while, and the newest only', async () => {
  const here = open()
  for (const draft of ['a', 'ab', 'abc']) here.arrangements.arrange(chat, { draft })
  expect(here.conversation().draft).toBe('abc')
  await settle()
  expect(asked(here)).toEqual([])
  while (here.stored().draft !== 'abc') await Bun.sleep(10)
  await settle()
  expect(asked(here)).toMatchObject([{ conversation: chat, draft: 'abc' }])
  expect(here.conversation()).toMatchObject({ draft: 'abc', untold: {} })
  here.pushed({ draft: 'from elsewhere' })
  expect(here.conversation().draft).toBe('from elsewhere')
})

test('[Y30] what is typed while a draft is on its way stays, and is told next', async () => {
  const here = open()
  let times = 0
  here.device.serve({
    'conversations.arrange'({ draft = '' }) {
      times += 1
      if (times === 1) here.arrangements.arrange(chat, { draft: 'abc' })
      return ok(here.change({ draft }))
    },
  })
  here.arrangements.arrange(chat, { draft: 'ab' })
  await here.arrangements.tellAll()
  expect([here.stored().draft, here.conversation().draft]).toEqual(['abc', 'abc'])
  expect(here.conversation().untold).toEqual({})
})

test('what is refused for good is as before; but nobody’s text is thrown away', async () => {
  const here = open()
  here.device.serve({ 'conversations.arrange': () => refuse('bad_request') })
  here.arrangements.arrange(chat, { pinned: true, draft: 'far too long' })
  await settle()
  expect(here.conversation()).toMatchObject({ pinned_at: 0, draft: 'far too long', untold: {} })
  await here.arrangements.tellAll()
  expect(asked(here)).toHaveLength(1)
  here.arrangements.arrange(-10_002, { pinned: true })
  here.arrangements.arrange(99, { pinned: true })
  expect(asked(here)).toHaveLength(1)
})

test('[Y30] a draft that was sent before the server heard of it is told to nobody', async () => {
  const here = open()
  here.arrangements.arrange(chat, { draft: 'quick' })
  here.arrangements.arrange(chat, { draft: '' })
  await here.arrangements.tellAll()
  await settle()
  expect(asked(here)).toEqual([])
  expect(here.conversation()).toMatchObject({ draft: '', untold: {} })

  // What it has heard of is taken back.
  here.arrangements.arrange(chat, { draft: 'slow' })
  await here.arrangements.tellAll()
  here.arrangements.arrange(chat, { draft: '' })
  await here.arrangements.tellAll()
  expect(asked(here).map(({ draft }) => draft)).toEqual(['slow', ''])
  expect(here.stored().draft).toBe('')
})
