import { describe, expect, test } from 'bun:test'
import { cast, openSimulatedBrowser, readChat } from './simulated-browser.ts'
import type { Written } from './protocol.ts'
import { chat } from './simulated-client.ts'

describe('a newer build', () => {
  test.each(['none', 'silent', 'working'] as const)(
    'takes over, and older windows go on (worker: %s)',
    async (workers) => {
      const browser = openSimulatedBrowser(workers)
      const { simulation, open, hosting, backstage } = browser
      const old = [open(), open()]
      await simulation.pass(10_000)
      const { client } = cast(browser, old)
      const id = old[1]?.client.send(chat, 'hello')
      const next = open({ build: 2 })
      await simulation.pass(10_000)
      expect(client.isOpen()).toBe(false)
      expect(hosting()).toHaveLength(1)
      expect(backstage.clients).toHaveLength(2)
      const hosts = workers === 'working' ? browser.workers[1] : next.realm
      expect(hosting()[0]?.realm.id).toBe(hosts?.id as string)
      expect(new Set(backstage.arrived)).toEqual(new Set([id as string]))
      for (const window of [...old, next]) expect(readChat(window)).toEqual(['hello'])
      expect(old.map(({ newer }) => newer())).toEqual([1, 1])
      expect(next.newer()).toBe(0)
      old[0]?.client.send(chat, 'from an old window')
      await simulation.pass(500)
      expect(readChat(next)).toEqual(['hello', 'from an old window'])
    },
  )

  test('that is older gets the plain texts that are written meanwhile, and the next one all the rest', async () => {
    const { simulation, open, backstage } = openSimulatedBrowser('none')
    const window = open()
    await simulation.pass(500)
    const heard: Written[] = []
    const elder = simulation.openRealm('worker')
    const { promise: lock, resolve: unlock } = Promise.withResolvers<void>()
    void elder.surroundings.locks.request('rookery-host-10001', { steal: true }, () => lock)
    const identity = { host: 'elder', build: 2, protocol: 1 }
    const { post } = elder.surroundings.openChannel('rookery-10001', (message) => {
      if (message.kind === 'ping') post({ kind: 'pong', to: message.from, number: 1, ...identity })
      if (message.kind === 'send' && message.to === 'elder') heard.push(message.message)
    })
    post({ kind: 'host', ...identity })
    await simulation.pass(500)
    const plain = window.client.send(chat, 'plain')
    const shake = window.client.send(chat, { kind: 'shake' })
    await simulation.pass(500)
    expect(heard).toEqual([{ id: plain, conversation: chat, text: 'plain' }])
    expect(readChat(window)).toEqual(['plain', 'shake'])
    elder.kill()
    unlock()
    open({ build: 3 })
    await simulation.pass(60_000)
    expect(new Set(backstage.arrived)).toEqual(new Set([plain, shake]))
  })

  test('of another protocol is waited for as the screen was, and gets what is written meanwhile', async () => {
    const { simulation, open } = openSimulatedBrowser('none')
    const old = open()
    await simulation.pass(500)
    const heard: string[] = []
    const stranger = simulation.openRealm('worker')
    const locks = stranger.surroundings.locks
    void locks.request('rookery-host-10001', { steal: true }, () => new Promise(() => {}))
    const identity = { host: 'stranger', build: 2, protocol: 99 }
    const { post } = stranger.surroundings.openChannel('rookery-10001', (message) => {
      if (message.kind === 'ping') post({ kind: 'pong', to: message.from, number: 1, ...identity })
      if (message.kind === 'send' && message.to === 'stranger') heard.push(message.message.text)
    })
    post({ kind: 'host', ...identity })
    await simulation.pass(500)
    const before = old.client.state()
    expect(before.connection).toEqual({ kind: 'online' })
    old.client.send(chat, 'hello')
    const answer = old.client.call('presence.list', {})
    await simulation.pass(20_000)
    expect(heard).toEqual(['hello'])
    expect(readChat(old)).toEqual(['hello'])
    expect(old.client.state().connection).toBe(before.connection)
    expect(await answer).toEqual({ ok: false, code: 'unreachable' })
    expect(old.newer()).toBe(1)
  })
})
