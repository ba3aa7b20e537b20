import { describe, expect, test } from 'bun:test'
import { cast, openSimulatedBrowser, readChat } from './simulated-browser.ts'
import { chat } from './simulated-client.ts'

describe.each(['none', 'silent', 'working'] as const)('a host that hangs (worker: %s)', (workers) => {
  test('is deposed, and when it goes on it closes its client before it does anything else', async () => {
    const browser = openSimulatedBrowser(workers)
    const { simulation, open, backstage, hosting } = browser
    const windows = [open({ random: 0.1 }), open({ random: 0.5 }), open({ random: 0.9 })]
    await simulation.pass(10_000)
    const { client, host, guest } = cast(browser, windows)
    host.freeze()
    const id = guest.client.send(chat, 'hello')
    const answer = guest.client.call('presence.list', {})
    await simulation.pass(15_000)
    expect(hosting()).toHaveLength(1)
    expect(backstage.arrived).toEqual([id])
    expect(await answer).toEqual({ ok: true, value: {} as never })
    const done = [...client.log]
    host.resume()
    await simulation.pass(5_000)
    expect(client.isOpen()).toBe(false)
    expect(client.log).toEqual(done)
    expect(hosting()).toHaveLength(1)
    expect(readChat(guest)).toEqual(['hello'])
    for (const { client: window } of windows) expect(window.state().connection).toEqual({ kind: 'online' })
  })

  test('for a moment only is left alone', async () => {
    const browser = openSimulatedBrowser(workers)
    const { simulation, open, backstage, hosting } = browser
    const windows = [open(), open()]
    await simulation.pass(10_000)
    const { host, guest, client } = cast(browser, windows)
    const opened = backstage.clients.length
    for (let round = 0; round < 5; round += 1) {
      host.freeze()
      await simulation.pass(4_000)
      host.resume()
      await simulation.pass(2_000)
    }
    guest.client.send(chat, 'hello')
    await simulation.pass(500)
    expect(hosting()).toEqual([client])
    expect(backstage.clients).toHaveLength(opened)
    expect(readChat(guest)).toEqual(['hello'])
  })
})

test('[race] of many windows that find the lock free, or its holder silent, one hosts in the end', async () => {
  const browser = openSimulatedBrowser('silent')
  const { simulation, open, hosting, backstage } = browser
  const windows = Array.from({ length: 8 }, () => open({ random: 0.5 }))
  await simulation.pass(10_000)
  expect(hosting()).toHaveLength(1)
  const { host, guest } = cast(browser, windows)
  host.freeze()
  const id = guest.client.send(chat, 'hello')
  await simulation.pass(30_000)
  expect(hosting()).toHaveLength(1)
  expect(new Set(backstage.arrived)).toEqual(new Set([id]))
  for (const window of windows) if (window.realm !== host) expect(readChat(window)).toEqual(['hello'])
})

test('a window that stood still itself does not take its host for dead', async () => {
  const { simulation, open, hosting } = openSimulatedBrowser('working')
  const window = open()
  await simulation.pass(500)
  const before = hosting()
  const said = simulation.said.length
  while (simulation.said.at(-1)?.kind !== 'ping') await simulation.pass(1)
  for (let round = 0; round < 4; round += 1) {
    window.realm.freeze()
    await simulation.pass(10_000)
    window.realm.resume()
    await simulation.pass(1)
  }
  expect(hosting()).toEqual(before)
  expect(simulation.said.slice(said).filter(({ kind }) => kind === 'candidate')).toEqual([])
})
