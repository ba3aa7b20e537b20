import { describe, expect, test } from 'bun:test'
import { cast, openSimulatedBrowser, readChat } from './simulated-browser.ts'
import { hostClient } from './host.ts'
import { chat, makeRow, me } from './simulated-client.ts'

describe.each(['none', 'silent', 'working'] as const)('a host that dies (worker: %s)', (workers) => {
  const settleDown = workers === 'silent' ? 10_000 : 500

  test('is followed by another one, and nothing written is lost or comes twice', async () => {
    const browser = openSimulatedBrowser(workers)
    const { simulation, open, backstage, hosting } = browser
    const windows = [open(), open(), open({ random: 0.9 })]
    await simulation.pass(settleDown)
    const { host, guest } = cast(browser, windows)
    const first = guest.client.send(chat, 'given to a dying host')
    host.kill()
    await simulation.pass(500)
    const second = guest.client.send(chat, 'given to nobody')
    expect(readChat(guest)).toEqual(['given to a dying host', 'given to nobody'])
    await simulation.pass(15_000)
    expect(hosting()).toHaveLength(1)
    expect(backstage.arrived).toEqual([first, second])
    expect(readChat(guest)).toEqual(['given to a dying host', 'given to nobody'])
    expect(guest.client.state().conversations.get(chat)?.pending).toEqual([])
  })

  test('right after it took a message, has that message sent by the next one', async () => {
    const browser = openSimulatedBrowser(workers)
    const { simulation, open, backstage } = browser
    const windows = [open(), open()]
    await simulation.pass(settleDown)
    const { host, guest, client } = cast(browser, windows)
    const id = guest.client.send(chat, 'hello')
    while (!client.log.includes('send hello')) await simulation.pass(1)
    host.kill()
    await simulation.pass(15_000)
    expect(new Set(backstage.arrived)).toEqual(new Set([id]))
    expect(backstage.rows.map((row) => row.id)).toEqual([id])
  })

  test('and had not written down what it confirmed, has that message sent by the next one', async () => {
    const browser = openSimulatedBrowser(workers)
    const { simulation, open, backstage } = browser
    const windows = [open(), open()]
    await simulation.pass(settleDown)
    const { host, guest } = cast(browser, windows)
    backstage.isCut = true
    const id = guest.client.send(chat, 'hello')
    await simulation.pass(100)
    expect(simulation.said.some((message) => message.kind === 'has' && message.ids.includes(id))).toBe(true)
    host.kill()
    backstage.forget()
    backstage.isCut = false
    await simulation.pass(15_000)
    expect(backstage.arrived).toEqual([id])
    expect(readChat(guest)).toEqual(['hello'])
  })

  test('has its read pointers moved by the next one', async () => {
    const browser = openSimulatedBrowser(workers)
    const { simulation, open, hosting } = browser
    const windows = [open(), open()]
    await simulation.pass(settleDown)
    const { host, guest } = cast(browser, windows)
    host.kill()
    guest.client.read(chat, 3)
    await simulation.pass(15_000)
    expect(hosting()[0]?.log).toContain('read 3')
  })

  test('leaves its open requests to the next one', async () => {
    const browser = openSimulatedBrowser(workers)
    const { simulation, open } = browser
    const windows = [open(), open()]
    await simulation.pass(settleDown)
    const { host, guest } = cast(browser, windows)
    const answer = guest.client.call('presence.list', {})
    host.kill()
    await simulation.pass(25_000)
    expect(await answer).toEqual({ ok: true, value: {} as never })
  })

  test('does not make the screens go blank', async () => {
    const browser = openSimulatedBrowser(workers)
    const { simulation, open, backstage } = browser
    backstage.rows = [makeRow(1)]
    const windows = [open(), open()]
    await simulation.pass(settleDown)
    const { host, guest } = cast(browser, windows)
    host.kill()
    for (let step = 0; step < 3_000; step += 1) {
      await simulation.pass(5)
      expect(readChat(guest)).toEqual(['text 1'])
    }
  })
})

test('requests that no host comes for are answered: unreachable', async () => {
  const { simulation, open, hosting } = openSimulatedBrowser('none')
  const host = open()
  const guest = open()
  await simulation.pass(500)
  expect(hosting()[0]?.realm.id).toBe(host.realm.id)
  // Nobody else can host: the lock is held by something that never answers.
  const stone = simulation.openRealm('page')
  void stone.surroundings.locks.request('rookery-host-10001', { steal: true }, () => new Promise(() => {}))
  guest.realm.surroundings.locks.request = () => new Promise(() => {})
  host.realm.kill()
  const answer = guest.client.call('presence.list', {})
  const older = guest.client.loadOlder(chat)
  await simulation.pass(40_000)
  expect(await answer).toEqual({ ok: false, code: 'unreachable' })
  expect(await older).toBe(false)
})

test('a leader that is closed hands over at once', async () => {
  const browser = openSimulatedBrowser('none')
  const { simulation, open, hosting, backstage } = browser
  const windows = [open(), open()]
  await simulation.pass(500)
  const { client, host, guest } = cast(browser, windows)
  host.closePage()
  const id = guest.client.send(chat, 'hello')
  await simulation.pass(500)
  expect(client.isOpen()).toBe(false)
  expect(hosting().map(({ realm }) => realm)).toEqual([guest.realm])
  expect(backstage.arrived).toEqual([id])
})

test.each(['frozen', 'left'] as const)(
  'a leader that is told that it stands still (%s) hands over, and comes back as a guest',
  async (event) => {
    const browser = openSimulatedBrowser('none')
    const { simulation, open, hosting } = browser
    const windows = [open(), open()]
    await simulation.pass(500)
    const { client, host, guest } = cast(browser, windows)
    host.freeze(event)
    expect(client.isOpen()).toBe(false)
    await simulation.pass(60_000)
    guest.client.send(chat, 'hello')
    await simulation.pass(500)
    host.resume(event === 'left' ? 'back' : 'resumed')
    await simulation.pass(500)
    expect(hosting().map(({ realm }) => realm)).toEqual([guest.realm])
    for (const window of windows) expect(readChat(window)).toEqual(['hello'])
  },
)

test('who waits to host does not go on with a session that ended', async () => {
  const { simulation, open, hosting, backstage } = openSimulatedBrowser('none')
  const window = open()
  await simulation.pass(500)
  const worker = simulation.openRealm('worker')
  hostClient({ number: me.number, build: 1, openClient: () => backstage.open(worker) }, worker.surroundings)
  await simulation.pass(500)
  hosting()[0]?.set((state) => ({ ...state, connection: { kind: 'ended', reason: 'signed_out' } }))
  await simulation.pass(60_000)
  expect(window.client.state().connection).toEqual({ kind: 'ended', reason: 'signed_out' })
  expect(backstage.clients).toHaveLength(1)
})

test('windows out of sight do not ping, and are told of what comes all the same', async () => {
  const { simulation, open, hosting } = openSimulatedBrowser('working')
  const window = open()
  await simulation.pass(500)
  window.realm.setVisible(false)
  await simulation.pass(10_000)
  const said = simulation.said.length
  await simulation.pass(60_000)
  expect(simulation.said.length).toBe(said)
  hosting()[0]?.set((state) => ({ ...state, online: new Map([[5, 'away'] as const]) }))
  await simulation.pass(100)
  expect(window.client.state().online).toEqual(new Map([[5, 'away']]))
})
