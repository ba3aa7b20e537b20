/** What one sets up about conversations for oneself, on all devices: pins, mutes, marks, drafts; and notes to oneself. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { LIMITS } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { startTestServer, until, type LogIn } from './harness.ts'
import { openWire } from './wire.ts'

let server: RunningServer
let to: Speaker
let one: LogIn
let other: LogIn
let conversation: number

beforeAll(async () => {
  server = await startTestServer()
  to = speakTo(server.url)
  ;[one, other] = (await to.makePeople(2)) as [LogIn, LogIn]
  conversation = await to.befriend(one, other)
})
afterAll(() => server.stop())

test('[P48] each is kept until it is changed, on all of one’s devices and nobody else’s', async () => {
  const wires = [await openWire(server.url, one), await openWire(server.url, other)] as const
  const before = await to.membershipOf(other, conversation)
  const row = await to.get(one, 'conversations.arrange', { conversation, pinned: true, muted: true, draft: 'half\na' })
  expect(row).toMatchObject({ conversation, muted: true, marked: false, draft: 'half\na' })
  expect(row.pinned_at).toBeGreaterThan(0)
  await until(() => wires[0].pushes.length > 0)
  expect(wires[0].pushes).toEqual([{ push: 'mine', contacts: [], memberships: [row], requests: [], settings: [] }])
  const marked = await to.get(one, 'conversations.arrange', { conversation, marked: true })
  expect(marked).toEqual({ ...row, marked: true, rev: row.rev + 1 })
  expect(await to.get(one, 'conversations.arrange', { conversation })).toEqual(marked)
  const cleared = await to.get(one, 'conversations.arrange', { conversation, pinned: false, draft: '', marked: false })
  expect(cleared).toMatchObject({ pinned_at: 0, draft: '', marked: false, muted: true })
  await wires[1].ask('sessions.current')
  expect(wires[1].pushes).toEqual([])
  expect(await to.membershipOf(other, conversation)).toEqual(before)
  for (const wire of wires) wire.close()
})

test('[P48] two devices at once: both are kept, since each changes what it names', async () => {
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      to.get(one, 'conversations.arrange', {
        conversation,
        ...(index % 2 === 0 ? { draft: 'both' } : { muted: true }),
      }),
    ),
  )
  expect(await to.membershipOf(one, conversation)).toMatchObject({ draft: 'both', muted: true })
})

test('[P48] a draft is a text, or none; what one is not in is not arranged', async () => {
  const draft = 'x'.repeat(LIMITS.textLength)
  expect(await to.get(one, 'conversations.arrange', { conversation, draft })).toMatchObject({ draft })
  for (const bad of [`${draft}x`, '\0', '\ud800'])
    expect(await to.tell(one, 'conversations.arrange', { conversation, draft: bad })).toBe('bad_request')
  const [stranger] = (await to.makePeople(1)) as [LogIn]
  expect(await to.tell(stranger, 'conversations.arrange', { conversation, muted: true })).toBe('not_member')
  expect(await to.tell(stranger, 'conversations.arrange', { conversation: 1_000_000, muted: true })).toBe('not_member')
})

test('[P48] a draft is nothing that anybody finds', async () => {
  await to.get(one, 'conversations.arrange', { conversation, draft: 'unsaid' })
  for (const who of [one, other]) expect((await to.get(who, 'messages.find', { query: 'unsaid' })).found).toEqual([])
})

test('[P49] there is one conversation with oneself, whoever of one’s devices opens it, even at once', async () => {
  const opened = await Promise.all(Array.from({ length: 10 }, () => to.get(other, 'conversations.openNote', {})))
  const [note = 0, ...more] = new Set(opened.map((each) => each.conversation))
  expect(more).toEqual([])
  expect(await to.membershipOf(other, note)).toMatchObject({ kind: 'direct', peer: numberOf(other), writable: true })
  const seq = await to.say(other, note, '记一下')
  expect(await to.headOf(other, note)).toMatchObject({ unread: 0, last_seq: 1 })
  await to.get(other, 'messages.edit', { conversation: note, seq, text: '记住了' })
  await to.get(other, 'messages.react', { conversation: note, seq, emoji: '👍', on: true })
  expect((await to.get(other, 'messages.find', { query: '记住' })).found).toHaveLength(1)
  await to.get(other, 'conversations.read', { conversation: note, seq })
  expect((await to.page(other, note)).map(saying)).toEqual(['记住了'])
  expect(await to.tell(one, 'messages.page', { conversation: note })).toBe('not_member')
})

test('[P49] each push about a note comes once', async () => {
  const { conversation: note } = await to.get(other, 'conversations.openNote', {})
  const wire = await openWire(server.url, other)
  const seq = await to.say(other, note, 'once')
  await until(() => wire.pushes.length > 0)
  await wire.ask('sessions.current')
  expect(wire.pushes).toMatchObject([{ push: 'message', row: { conversation: note, seq } }])
  wire.close()
})
