import { describe, expect, test } from 'bun:test'
import { openSimulatedBrowser, readChat } from './simulated-browser.ts'
import { pendingBody } from '../previews.ts'
import { messageKey } from '../state.ts'
import { chat, makeConversation, makeRow } from './simulated-client.ts'
import { openSharedClient } from './window.ts'

describe.each(['none', 'working'] as const)('windows that share (worker: %s)', (workers) => {
  test('have one client among them, and the same state', async () => {
    const { simulation, open, hosting, backstage } = openSimulatedBrowser(workers)
    backstage.rows = [makeRow(1)]
    const windows = [open(), open(), open()]
    await simulation.pass(500)
    windows.push(open())
    await simulation.pass(500)
    expect(backstage.clients).toHaveLength(1)
    expect(hosting()).toHaveLength(1)
    for (const window of windows) {
      expect(window.client.state()).toEqual(hosting()[0]?.state() as never)
      expect(readChat(window)).toEqual(['text 1'])
    }
  })

  test('show what one of them writes: there at once, elsewhere right after, and once only', async () => {
    const { simulation, open, backstage } = openSimulatedBrowser(workers)
    const [one, other] = [open(), open()]
    await simulation.pass(500)
    const id = one.client.send(chat, 'hello')
    expect(readChat(one)).toEqual(['hello'])
    expect(one.client.state().conversations.get(chat)?.pending).toMatchObject([{ id, state: { kind: 'sending' } }])
    for (let step = 0; step < 100; step += 1) {
      await simulation.pass(1)
      expect(readChat(one)).toEqual(['hello'])
    }
    expect(readChat(other)).toEqual(['hello'])
    expect(backstage.arrived).toEqual([id])
    expect(one.client.state().conversations.get(chat)?.pending).toEqual([])
  })

  test('show what is more than a text as what it is', async () => {
    const { simulation, open, hosting, backstage } = openSimulatedBrowser(workers)
    backstage.rows = [makeRow(1)]
    const [one, other] = [open(), open()]
    await simulation.pass(500)
    const pendingIn = ({ client }: typeof one) => client.state().conversations.get(chat)?.pending ?? []
    backstage.isCut = true
    const reply = { kind: 'text', text: 'yes', reply_to: 1 } as const
    const forward = { kind: 'forward', from: chat, seqs: [1], merged: false } as const
    const sent = [one.client.send(chat, reply), one.client.send(chat, { ...forward, seqs: [1] })]
    expect(pendingIn(one).map(pendingBody)).toEqual([
      reply,
      { kind: 'text', text: 'text 1', forwarded: { number: 10_002, name: 'two' } },
    ])
    await simulation.pass(500)
    for (const { client } of [one, other])
      expect(client.state().conversations.get(chat)?.pending).toMatchObject([
        { id: sent[0], body: reply },
        { id: sent[1], body: forward },
      ])
    expect(hosting()[0]?.log.filter((line) => line.startsWith('send'))).toEqual(['send yes', 'send forward'])
  })

  test('take the mark of a chat away though it was read already, and wish for names and quotes once for each host', async () => {
    const { simulation, open, hosting } = openSimulatedBrowser(workers)
    const [one, other] = [open(), open()]
    await simulation.pass(500)
    const [client] = hosting()
    client?.set((state) => {
      const held = makeConversation({ last_seq: 3, read_seq: 3, marked: true })
      return { ...state, conversations: new Map([[chat, held]]) }
    })
    await simulation.pass(50)
    const guest = client?.realm.id === one.realm.id ? other : one
    guest.client.read(chat, 3)
    guest.client.quoted(chat, 90)
    guest.client.quoted(chat, 91)
    await simulation.pass(50)
    expect(client?.log.filter((line) => /read|quoted/.test(line))).toEqual(['read 3', 'quoted 7 90', 'quoted 7 91'])
    client?.set((state) => ({ ...state, quoted: new Map([[messageKey(chat, 90), null]]) }))
    await simulation.pass(50)
    expect(guest.client.quoted(chat, 90)).toBeNull()
    guest.client.quoted(chat, 91)
    client?.realm.kill()
    await simulation.pass(30_000)
    const [next] = hosting()
    expect(next).not.toBe(client)
    expect(next?.log.filter((line) => line.startsWith('quoted'))).toEqual(['quoted 7 90', 'quoted 7 91'])
  })

  test('are told of a burst of 1,000 messages in few patches, and keep what did not change', async () => {
    const { simulation, open, hosting } = openSimulatedBrowser(workers)
    const window = open()
    await simulation.pass(500)
    const [client] = hosting()
    const before = window.client.state()
    const told = simulation.said.length
    for (let seq = 1; seq <= 1_000; seq += 1)
      client?.set((state) => {
        const held = state.conversations.get(chat)
        if (!held) return state
        const grown = { ...held, last_seq: seq, messages: [...held.messages, makeRow(seq)] }
        return { ...state, conversations: new Map(state.conversations).set(chat, grown) }
      })
    await simulation.pass(100)
    expect(readChat(window)).toHaveLength(1_000)
    expect(simulation.said.slice(told).filter(({ kind }) => kind === 'patch')).toHaveLength(1)
    expect(window.client.state().contacts).toBe(before.contacts)
    expect(window.client.state().me).toBe(before.me)
  })

  test('ask for the whole state again when a patch is missing', async () => {
    const { simulation, open, hosting } = openSimulatedBrowser(workers)
    const [window, host] = [open(), open()]
    await simulation.pass(500)
    const post = host.realm.surroundings.openChannel('rookery-10001', () => {}).post
    const patch = simulation.said.findLast((message) => message.kind === 'patch')
    if (patch?.kind !== 'patch') throw new Error('Nothing was told.')
    post({ ...patch, number: patch.number + 5, patch: { own: { synced: false } } })
    await simulation.pass(50)
    expect(window.client.state()).toEqual(hosting()[0]?.state() as never)
    hosting()[0]?.set((state) => ({ ...state, online: new Map([[5, 'away'] as const]) }))
    await simulation.pass(50)
    expect(window.client.state().online).toEqual(new Map([[5, 'away']]))
  })

  test('look together: what any of them shows is looked at, and nothing of one that was closed or crashed', async () => {
    const { simulation, open, hosting } = openSimulatedBrowser(workers)
    const [, one, other, third] = [open(), open(), open(), open()]
    await simulation.pass(500)
    one.client.look([1, 2])
    other.client.look([2, 3])
    third.client.look([4])
    await simulation.pass(50)
    const looks = () => hosting()[0]?.log.findLast((line) => line.startsWith('look'))
    expect(looks()).toBe('look 1 2 3 4')
    one.realm.closePage()
    await simulation.pass(50)
    expect(looks()).toBe('look 2 3 4')
    other.realm.kill()
    await simulation.pass(25_000)
    expect(looks()).toBe('look 4')
    third.realm.setVisible(false)
    await simulation.pass(60_000)
    expect(looks()).toBe('look 4')
    third.client.close()
    await simulation.pass(50)
    expect(looks()).toBe('look ')
  })

  test('get their answers, each its own, and everything that they say reaches the client', async () => {
    const { simulation, open, hosting } = openSimulatedBrowser(workers)
    const [one, other] = [open(), open()]
    await simulation.pass(500)
    const answers = Promise.all([
      one.client.call('presence.list', {}),
      other.client.loadOlder(chat),
      other.client.call('people.find', { query: 'x' }),
    ])
    one.client.retry(chat, 'a')
    one.client.discard(chat, 'b')
    one.client.typing(chat)
    one.client.read(chat, 3)
    one.client.read(chat, 2)
    one.client.wake()
    for (let draw = 0; draw < 3; draw += 1) {
      other.client.know([10_005, 10_006], chat)
      expect(other.client.quoted(chat, 90)).toBeUndefined()
    }
    const loaded = Promise.all([
      one.client.loadNewer(chat),
      one.client.loadAround(chat, 90),
      one.client.members(chat),
      other.client.edit(chat, 1, 'new'),
      other.client.recall(chat, 1),
      other.client.react(chat, 1, '👍', true),
    ])
    one.client.leaveAround(chat)
    one.client.leaveMembers(chat)
    one.client.arrange(chat, { pinned: true, draft: 'x' })
    await simulation.pass(200)
    const done = { ok: true, value: {} }
    expect((await loaded) as unknown[]).toEqual([true, true, true, done, done, done])
    expect(await answers).toEqual([{ ok: true, value: {} as never }, true, { ok: true, value: {} as never }])
    const said = [
      'call presence.list',
      'older 7',
      'call people.find',
      'retry a',
      'discard b',
      'typing 7',
      'read 3',
      'wake',
      'know 10005 in 7',
      'know 10006 in 7',
      'quoted 7 90',
      'newer 7',
      'around 7 90',
      'members 7',
      'call messages.edit',
      'call messages.recall',
      'call messages.react',
      'leave around 7',
      'leave members 7',
      'arrange 7 {"pinned":true,"draft":"x"}',
    ]
    expect(hosting()[0]?.log.toSorted()).toEqual(said.toSorted())
  })

  test('all see that the session ended, and a log-in afterwards begins anew', async () => {
    const { simulation, open, hosting, backstage } = openSimulatedBrowser(workers)
    const windows = [open(), open()]
    await simulation.pass(500)
    const [client] = hosting()
    const asked = windows[0]?.client.call('presence.list', {})
    backstage.isCut = true
    await simulation.pass(10)
    client?.set((state) => ({ ...state, connection: { kind: 'ended', reason: 'signed_out' } }))
    await simulation.pass(200)
    for (const window of windows)
      expect(window.client.state().connection).toEqual({ kind: 'ended', reason: 'signed_out' })
    expect(await asked).toEqual({ ok: false, code: 'unreachable' })
    await simulation.pass(60_000)
    expect(backstage.clients).toHaveLength(1)
    expect(hosting()).toEqual([])
    backstage.isCut = false
    const next = open()
    await simulation.pass(500)
    expect(next.client.state().connection).toEqual({ kind: 'online' })
    expect(hosting()).toHaveLength(1)
    expect(backstage.clients).toHaveLength(2)
  })

  test('that are closed say so, and the last one closes the client', async () => {
    const { simulation, open, hosting } = openSimulatedBrowser(workers)
    const [one, other] = [open(), open()]
    await simulation.pass(500)
    one.client.close()
    expect(one.client.state().connection).toEqual({ kind: 'ended', reason: 'closed' })
    await simulation.pass(500)
    expect(hosting()).toHaveLength(1)
    expect(other.client.state().connection).toEqual({ kind: 'online' })
    other.client.close()
    await simulation.pass(500)
    expect(hosting()).toEqual([])
  })
})

test('the worker goes on for whoever comes after the last window was closed', async () => {
  const { simulation, open, hosting, workers } = openSimulatedBrowser('working')
  const first = open()
  await simulation.pass(500)
  first.realm.closePage()
  await simulation.pass(20_000)
  expect(hosting()).toEqual([])
  const second = open()
  await simulation.pass(500)
  expect(second.client.state().connection).toEqual({ kind: 'online' })
  expect(hosting().map(({ realm }) => realm)).toEqual(workers)
})

test('where windows cannot find each other each has a client of its own', () => {
  const { backstage, simulation } = openSimulatedBrowser('none')
  const openClient = () => backstage.open(simulation.openRealm('page'))
  const options = { number: 1, build: 1, startWorker: null, openClient, onNewerBuild() {} }
  const clients = [openSharedClient(options, null), openSharedClient(options, null)]
  expect(backstage.clients as unknown[]).toEqual(clients)
})
