/** The whole client, against a server that answers as told. */
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { ok, refuse, type Input, type MessageRow } from '@rookery/protocol'
import { connect } from './connect.ts'
import { pendingBody } from './previews.ts'
import { chat, makeAnswer, makeChanged, makeDirect, makeGroup, makeInGroup } from './sample.ts'
import { makeMessage, makeMessages, me, noRows, peer } from './sample.ts'
import { startScriptedServer, type ScriptedServer } from './scripted-server.ts'
import type { HostedClient } from './share/hosted-client.ts'

const token = 'a'.repeat(43)
const group = 8
const count = 5

let server: ScriptedServer
let client: HostedClient

/** In step: a chat of two and a group, of five messages each. */
const first = makeAnswer({
  rev: 2,
  memberships: [makeDirect(1), makeInGroup(2, { conversation: group })],
  conversations: [
    makeChanged(makeMessages(1, count), count),
    makeChanged(makeMessages(1, count, { conversation: group }), count, {
      conversation: group,
      group: makeGroup(1, { conversation: group }),
    }),
  ],
  total: 2 * count,
})
const sync = ({ rev }: Input<'sync'>) => ok(rev === 0 ? first : makeAnswer({ rev: 2, total: 2 * count }))

async function until(isTrue: () => boolean): Promise<void> {
  const end = performance.now() + 5_000
  while (!isTrue()) {
    if (performance.now() > end) throw new Error('It did not happen.')
    await Bun.sleep(2)
  }
}

const held = (id = chat) => client.state().conversations.get(id)
const row = () => held()?.messages.find(({ seq }) => seq === 2)
const asked = (name: string) => server.asked.filter((request) => request.name === name).map(({ input }) => input)

beforeEach(async () => {
  server = startScriptedServer()
  server.serve({ sync })
  client = connect({ url: server.url, token })
  await until(() => client.state().synced)
})

afterEach(async () => {
  client.close()
  await server.stop()
})

test('[Y27] what is changed by a call is in the state when it is answered; without a connection it is refused', async () => {
  const edited: MessageRow = makeMessage(2, { rev: 6, sender: me.number, body: { kind: 'text', text: 'new' } })
  const liked: MessageRow = { ...edited, rev: 7, reactions: [{ emoji: '👍', numbers: [me.number] }] }
  const recalled: MessageRow = { ...edited, rev: 8, body: { kind: 'recalled', by: me.number } }
  server.serve({
    sync,
    'messages.edit': () => ok(edited),
    'messages.react': () => ok(liked),
    'messages.recall': () => ok(recalled),
  })
  expect(await client.edit(chat, 2, 'new')).toEqual(ok(edited))
  expect(row()).toEqual(edited)
  await client.react(chat, 2, '👍', true)
  expect(row()).toEqual(liked)
  server.push({ push: 'message', row: liked })
  await client.recall(chat, 2)
  expect(row()).toEqual(recalled)
  expect(asked('messages.react')).toEqual([{ conversation: chat, seq: 2, emoji: '👍', on: true }])
  expect(asked('sync')).toHaveLength(1)
  client.close()
  expect(await client.edit(chat, 2, 'too late')).toEqual(refuse('unreachable'))
})

test('[Y31] a jump that is asked for before the connection stands is made when it does; without one it fails', async () => {
  const long = makeChanged(makeMessages(81, 100), 100)
  const jumps = {
    sync: () => ok(makeAnswer({ rev: 2, memberships: [makeDirect(1)], conversations: [long], total: 100 })),
    'messages.page': ({ before, after = 0 }: Input<'messages.page'>) =>
      ok({
        messages: before === undefined ? makeMessages(after + 1, after + 20) : makeMessages(before - 20, before - 1),
      }),
  }
  server.serve(jumps)
  const other = connect({ url: server.url, token })
  await until(() => other.state().synced)
  const jumped = new Promise<boolean>((resolve) => {
    other.subscribe(() => {
      if (other.state().connection.kind === 'connecting') resolve(other.loadAround(chat, 40))
    })
  })
  server.cut()
  expect(await jumped).toBe(true)
  expect(
    other
      .state()
      .conversations.get(chat)
      ?.around?.messages.some(({ seq }) => seq === 40),
  ).toBe(true)
  other.leaveAround(chat)
  await server.stop()
  await until(() => other.state().connection.kind === 'waiting')
  expect(await other.loadAround(chat, 30)).toBe(false)
  other.close()
})

test('[D7] [Y27] a change that is not the next one is asked for', async () => {
  server.serve({
    sync: ({ heads = [] }) =>
      ok(
        makeAnswer({
          rev: 2,
          total: 12,
          conversations: heads.length > 0 ? [] : [makeChanged([makeMessage(5)], 5, { rev: 7 })],
        }),
      ),
    'messages.edit': () => ok(makeMessage(2, { rev: 7 })),
  })
  await client.edit(chat, 2, 'new')
  await until(() => held()?.rev === 7)
  expect(asked('sync').length).toBeGreaterThan(1)
})

test('[Y4] a forward looks like what is held of it, and then like what was stored', async () => {
  let isReady = false
  const stored = { kind: 'merged', title: 'two', items: [] } as const
  server.serve({
    sync,
    'messages.send': () =>
      isReady ? ok({ seq: 6, rev: 6, at: 9, body: { ...stored, items: [] } }) : refuse('unavailable', 5),
  })
  client.send(group, { kind: 'forward', from: chat, seqs: [1, 3, 99], merged: true })
  const [pending] = held(group)?.pending ?? []
  expect(pending && pendingBody(pending)).toEqual({
    kind: 'merged',
    title: 'two',
    items: [1, 3].map((seq) => ({ number: peer, name: 'two', at: seq, text: `text ${seq}` })),
  })
  isReady = true
  await until(() => held(group)?.pending.length === 0)
  expect(held(group)?.messages.at(-1)).toMatchObject({ seq: 6, sender: me.number, body: stored })
})

test('[D12] reading takes the mark away, read already or not, and survives a cut', async () => {
  const arranged: unknown[] = []
  let rev = 2
  server.serve({
    sync,
    'conversations.arrange'({ marked = false }) {
      arranged.push(marked)
      rev += 1
      return ok(makeDirect(rev, { marked, read_seq: 5 }))
    },
    'conversations.read': ({ seq }) => ok({ read_seq: seq }),
  })
  client.read(chat, 5)
  client.arrange(chat, { marked: true })
  expect(held()).toMatchObject({ marked: true, unread: 0 })
  await until(() => arranged.length === 1)
  client.read(chat, 5)
  expect(held()?.marked).toBe(false)
  await until(() => arranged.length === 2)
  expect(arranged).toEqual([true, false])
  server.serve({ sync: () => ok(makeAnswer({ rev: 4, total: 2 * count })) })
  client.arrange(chat, { muted: true })
  server.cut()
  server.serve({
    sync: () => ok(makeAnswer({ rev: 4, total: 2 * count })),
    'conversations.arrange': () => ok(makeDirect(5, { muted: true, read_seq: 5 })),
  })
  await until(() => client.state().connection.kind !== 'online')
  client.wake()
  await until(() => held()?.own_rev === 5)
  expect(held()).toMatchObject({ muted: true, untold: {} })
})

test('[D10] [Y26] who is put out of a group holds nothing of it at once, and asks for nothing', async () => {
  const left = makeInGroup(3, { conversation: group, left: true, writable: false })
  server.push({ push: 'mine', ...noRows, memberships: [left] })
  await until(() => !client.state().conversations.has(group))
  expect(asked('sync')).toHaveLength(1)
})

test('[Y25] [Y26] a message brings its group as it is then; a dissolved one goes', async () => {
  const event = (seq: number) =>
    makeMessage(seq, { conversation: group, body: { kind: 'event', event: 'renamed', text: 'new' } })
  server.push({ push: 'message', row: event(6), group: makeGroup(2, { conversation: group, name: 'new' }) })
  await until(() => held(group)?.name === 'new')
  expect(held(group)).toMatchObject({ unread: 5, last_seq: 6 })
  server.push({ push: 'message', row: event(7), group: makeGroup(3, { conversation: group, dissolved: true }) })
  await until(() => !client.state().conversations.has(group))
})

test('[D12] [Y27] where taking back cannot be counted from what is loaded, the server is asked', async () => {
  const far = makeChanged(makeMessages(91, 100), 100, { mentioned: 95 })
  let unread = 100
  server.serve({ sync: () => ok(makeAnswer({ rev: 2, total: 105, conversations: [{ ...far, unread }] })) })
  client.wake()
  await until(() => held()?.last_seq === 100)
  unread = 98
  server.serve({ sync: () => ok(makeAnswer({ rev: 2, total: 106, conversations: [{ ...far, rev: 101, unread }] })) })
  server.push({ push: 'message', row: makeMessage(20, { rev: 101, body: { kind: 'recalled', by: peer } }) })
  await until(() => held()?.unread === 98)
  expect(held()).toMatchObject({ mentioned: 95, compared: 'yes' })
})

test('[Y31] [Y32] quotes and names that nobody knows are asked for, and again after a cut', async () => {
  const people = [{ number: peer, name: 'two', signature: '', avatar: '' }]
  expect(client.quoted(group, 99)).toBeUndefined()
  client.know([peer])
  await until(() => asked('messages.get').length === 1 && asked('people.get').length === 1)
  server.serve({ sync, 'messages.get': () => ok({ messages: [] }), 'people.get': () => ok({ people }) })
  server.cut()
  await until(() => client.state().connection.kind !== 'online')
  client.wake()
  await until(() => client.quoted(group, 99) === null && client.state().people.has(peer))
})

test('typing and reading of each member are shown while the group is looked at', async () => {
  server.serve({
    sync,
    'conversations.open': () =>
      ok({
        readers: [
          { number: peer, read_seq: 2 },
          { number: me.number, read_seq: 5 },
        ],
      }),
  })
  client.look([group])
  await until(() => held(group)?.readers.size === 1)
  server.push({ push: 'read', conversation: group, number: 10_003, read_seq: 4 })
  server.push({ push: 'typing', conversation: group, number: 10_003 })
  server.push({ push: 'typing', conversation: group, number: peer })
  await until(() => held(group)?.typing.length === 2)
  expect([...(held(group)?.readers ?? [])]).toEqual([
    [peer, 2],
    [10_003, 4],
  ])
  server.push({ push: 'presence', number: 10_003, status: 'online' })
  await until(() => client.state().online.has(10_003))
})

test('a hint that comes just after the message it announced shows nothing; one of somebody else does', async () => {
  const other = 10_003
  server.push({ push: 'message', row: makeMessage(count + 1, { conversation: group }) })
  server.push({ push: 'typing', conversation: group, number: peer })
  server.push({ push: 'typing', conversation: group, number: other })
  server.push({ push: 'typing', conversation: chat, number: peer })
  await until(() => held()?.typing.length === 1)
  expect(held(group)?.last_seq).toBe(count + 1)
  expect(held(group)?.typing).toEqual([other])
})

test('what is written just after something was sent is told a moment later, not three seconds', async () => {
  server.serve({ sync, 'conversations.typing': () => ok({}) })
  client.typing(chat)
  client.send(chat, { kind: 'text', text: 'at once' })
  client.typing(chat)
  await until(() => asked('conversations.typing').length === 1)
  await Bun.sleep(450)
  client.typing(chat)
  await until(() => asked('conversations.typing').length === 2)
})
