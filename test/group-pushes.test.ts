/** What the sockets of a group's members get, from when and until when; and what nobody else gets. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Push } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { numberOf, saying, speakTo, type Speaker } from './company.ts'
import { startTestServer, until, type LogIn } from './harness.ts'
import { openWire, type Wire } from './wire.ts'

let server: RunningServer
let to: Speaker
let owner: LogIn
let member: LogIn
let other: LogIn
let stranger: LogIn

beforeAll(async () => {
  server = await startTestServer()
  to = speakTo(server.url)
  ;[owner, member, other, stranger] = (await to.makePeople(4)) as [LogIn, LogIn, LogIn, LogIn]
})
afterAll(() => server.stop())

const rowsOf = (wire: Wire, conversation: number) =>
  wire.pushes.flatMap((push) => (push.push === 'message' && push.row.conversation === conversation ? [push.row] : []))
const saidTo = (wire: Wire, conversation: number) => rowsOf(wire, conversation).map(saying)

/** Waits until that was heard on one socket: then it was sent to all. */
const heard = (wire: Wire, conversation: number, text: string) => until(() => saidTo(wire, conversation).includes(text))

/** Nothing is under way to that socket any more: an answer comes after what was sent before it. */
const settle = (...wires: readonly Wire[]) => Promise.all(wires.map((wire) => wire.ask('sessions.current')))

async function makeScene() {
  const conversation = await to.makeGroup(owner, [member, other])
  const [theirs, mine, outside] = [
    await openWire(server.url, other),
    await openWire(server.url, member),
    await openWire(server.url, stranger),
  ]
  // A socket hears its groups once it has been told so by a message.
  await until(async () => {
    await to.say(owner, conversation, 'ready')
    return saidTo(theirs, conversation).length > 0 && saidTo(mine, conversation).length > 0
  })
  await settle(theirs, mine)
  for (const wire of [theirs, mine]) wire.pushes.length = 0
  return { conversation, theirs, mine, outside, close: () => [theirs, mine, outside].forEach((wire) => wire.close()) }
}

test('[P30] [D8] a message, its changes and what happens reach all members’ sockets, in order, and nobody else’s', async () => {
  const { conversation, theirs, mine, outside, close } = await makeScene()
  const id = crypto.randomUUID()
  const body = { kind: 'text', text: 'one' } as const
  const sent = await mine.ask('messages.send', { conversation, id, body })
  const seq = sent.ok ? (sent.value as { seq: number }).seq : 0
  await to.get(member, 'messages.edit', { conversation, seq, text: 'two' })
  await to.get(owner, 'messages.react', { conversation, seq, emoji: '👍', on: true })
  await to.get(owner, 'groups.configure', { conversation, name: 'renamed' })
  await to.get(owner, 'messages.recall', { conversation, seq })
  await heard(theirs, conversation, 'recalled')
  await settle(mine, outside)
  expect(saidTo(theirs, conversation)).toEqual(['one', 'two', 'two', 'renamed', 'recalled'])
  const revs = rowsOf(theirs, conversation).map(({ rev }) => rev)
  expect(revs).toEqual(revs.map((_, index) => (revs[0] ?? 0) + index))
  // The socket that asked has its answer instead.
  expect(saidTo(mine, conversation)).toEqual(['two', 'two', 'renamed', 'recalled'])
  const renamed = theirs.pushes.find((push) => push.push === 'message' && push.group)
  expect(renamed).toMatchObject({ group: { conversation, name: 'renamed', members: 3 } })
  expect(outside.pushes).toEqual([])
  close()
})

test('[D10] after a removal is acknowledged nothing newer comes: no message, change, typing, reading or count', async () => {
  const { conversation, theirs, mine, outside, close } = await makeScene()
  for (const wire of [mine, theirs]) await wire.ask('hints.watch', { presence: false, conversations: [conversation] })
  const seq = await to.say(owner, conversation, 'before')
  await heard(mine, conversation, 'before')
  await to.get(owner, 'groups.remove', { conversation, numbers: [numberOf(member)] })
  await settle(mine)
  mine.pushes.length = 0
  await to.say(owner, conversation, 'after')
  await to.get(owner, 'messages.edit', { conversation, seq, text: 'edited' })
  await to.get(owner, 'conversations.typing', { conversation })
  await to.get(owner, 'conversations.read', { conversation, seq })
  await until(() => theirs.pushes.some(({ push }) => push === 'typing'))
  await heard(theirs, conversation, 'edited')
  await settle(mine)
  expect(mine.pushes).toEqual([])
  expect(outside.pushes).toEqual([])
  close()
})

test('[D10] whoever is put out learns that they are, and not what is said about it', async () => {
  const { conversation, mine, theirs, close } = await makeScene()
  await to.get(owner, 'groups.remove', { conversation, numbers: [numberOf(member)] })
  await heard(theirs, conversation, 'removed')
  await settle(mine)
  const own = mine.pushes.filter((push): push is Extract<Push, { push: 'mine' }> => push.push === 'mine')
  expect(own).toMatchObject([{ memberships: [{ conversation, left: true }] }])
  expect(saidTo(mine, conversation)).toEqual([])
  close()
})

test('[D8] [P58] whoever comes in hears it from the message that says so, on every open socket', async () => {
  const { conversation, outside, theirs, close } = await makeScene()
  const second = await openWire(server.url, stranger)
  await to.ask(owner, 'contacts.request', { number: numberOf(stranger) })
  await to.say(owner, conversation, 'not for them')
  await to.get(owner, 'groups.invite', { conversation, numbers: [numberOf(stranger)] })
  await to.say(owner, conversation, 'for them')
  for (const wire of [outside, second, theirs]) await heard(wire, conversation, 'for them')
  for (const wire of [outside, second]) {
    expect(saidTo(wire, conversation)).toEqual(['invited', 'for them'])
    expect(wire.pushes.find((push) => push.push === 'message' && push.group)).toMatchObject({
      row: { body: { event: 'invited' } },
      group: { conversation, members: 4 },
    })
  }
  second.close()
  close()
})

test('[D10] [P59] a dissolved group is silent at once', async () => {
  const { conversation, mine, theirs, close } = await makeScene()
  await to.get(owner, 'groups.dissolve', { conversation })
  await until(() => [mine, theirs].every((wire) => wire.pushes.some(({ push }) => push === 'mine')))
  await settle(mine, theirs)
  for (const wire of [mine, theirs]) {
    expect(saidTo(wire, conversation)).toEqual([])
    expect(wire.pushes.filter(({ push }) => push === 'mine')).toMatchObject([{ memberships: [{ left: true }] }])
  }
  close()
})

test('[P36] typing and reading in a group reach those who watch it, and nobody who is not in it', async () => {
  const { conversation, mine, theirs, outside, close } = await makeScene()
  for (const wire of [theirs, outside])
    await wire.ask('hints.watch', { presence: false, conversations: [conversation] })
  await to.get(member, 'conversations.typing', { conversation })
  await to.get(member, 'conversations.read', { conversation, seq: 1 })
  await until(() => new Set(theirs.pushes.map(({ push }) => push)).size >= 2)
  await settle(mine, outside)
  const hints = theirs.pushes.filter(({ push }) => push === 'typing' || push === 'read')
  expect(hints).toContainEqual({ push: 'typing', conversation, number: numberOf(member) })
  expect(hints).toContainEqual({ push: 'read', conversation, number: numberOf(member), read_seq: 1 })
  expect(mine.pushes.filter(({ push }) => push === 'typing' || push === 'read')).toEqual([])
  expect(outside.pushes).toEqual([])
  close()
})
