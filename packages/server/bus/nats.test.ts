/** The bus over NATS, and its roll call, keep what core/bus-ports.ts promises; and what becomes of them in a cut. */
import { connect } from '@nats-io/transport-node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { until } from '../../../test/harness.ts'
import { startNatsServer, type NatsServer } from '../../../test/nats-server.ts'
import { openCable } from '../../cli/verify/cable.ts'
import type { Topic } from '../core/bus-ports.ts'
import { describeBusContract } from './contract/events.ts'
import { describeRollCallContract } from './contract/roll-call.ts'
import { openNats, type Nats, type NatsOptions } from './nats.ts'

let server: NatsServer
beforeAll(async () => {
  server = await startNatsServer()
})
afterAll(() => server.stop())

const opened: Nats[] = []
afterEach(async () => {
  for (const { bus } of opened.splice(0)) await bus.close()
})

async function open(options: Partial<NatsOptions> = {}): Promise<Nats> {
  const installation = crypto.randomUUID()
  const nats = await openNats({ url: server.url, installation, as: 'node', onChange() {}, ...options })
  opened.push(nats)
  return nats
}

/** Two nodes that know each other. */
async function openPair(): Promise<[Nats, Nats]> {
  const installation = crypto.randomUUID()
  const pair: [Nats, Nats] = [await open({ installation }), await open({ installation })]
  await Promise.all(pair.map(({ flush }) => flush()))
  return pair
}

describeBusContract('nats', async () => {
  const [one, other] = await openPair()
  // They outlive each single test.
  opened.length = 0
  return {
    bus: one.bus,
    peer: other.bus,
    // What is on its way is there once both ends have been answered by the server, in the order of publishing.
    async settle() {
      await Promise.all([one.flush(), other.flush()])
      await Promise.all([one.flush(), other.flush()])
    },
  }
})

describeRollCallContract('nats', async () => {
  const [one, other] = await openPair()
  opened.length = 0
  return {
    rollCall: one.rollCall,
    peer: other.rollCall,
    async close() {
      await Promise.all([one.bus.close(), other.bus.close()])
    },
  }
})
const frame = (text: string) => ({ kind: 'frame', frame: text, except: null }) as const

function listen({ bus }: Nats, topic: Topic): string[] {
  const heard: string[] = []
  bus.subscribe(topic, (event) => heard.push(event.kind === 'frame' ? event.frame : event.kind))
  return heard
}

function countGaps({ bus }: Nats): { count: number } {
  const gaps = { count: 0 }
  bus.onGap(() => (gaps.count += 1))
  return gaps
}

/** A raw connection that says what it likes. */
async function openRaw() {
  const raw = await connect({ servers: server.url.replace('nats://', '') })
  return {
    say: (subject: string, text: string) => raw.publish(subject, text),
    flush: () => raw.flush(),
    close: () => raw.close(),
  }
}

test('installations that share a NATS server hear nothing of each other', async () => {
  const [[one], [stranger]] = [await openPair(), await openPair()]
  const heard = listen(stranger, 'user.1')
  stranger.rollCall.answerWith((asked) => ({ ...asked, active: asked.people }))
  await stranger.flush()
  one.bus.publish(['user.1'], frame('x'))
  await one.flush()
  await stranger.flush()
  expect(heard).toEqual([])
  expect(await one.rollCall.ask({ people: [1], sessions: ['a'] })).toEqual({ people: [], active: [], sessions: [] })
})

test('[D7] after the server was away both ends tell of a gap, and hear again what they wished to hear', async () => {
  const [one, other] = await openPair()
  const heard = [listen(one, 'user.1'), listen(other, 'user.1')] as const
  const gaps = [countGaps(one), countGaps(other)] as const
  await server.stop('SIGKILL')
  await until(() => !one.isConnected() && !other.isConnected())
  expect([one.bus.isWhole(), other.bus.isWhole()]).toEqual([false, false])
  expect(gaps.map(({ count }) => count)).toEqual([0, 0])
  one.bus.publish(['user.1'], frame('here only'))
  const late = listen(other, 'group.2')
  await server.start()
  await until(() => one.bus.isWhole() && other.bus.isWhole() && gaps.every(({ count }) => count > 0))
  one.bus.publish(['user.1', 'group.2'], frame('again'))
  await until(() => late.length === 1)
  expect(heard).toEqual([['here only', 'again'], ['again']])
  expect(late).toEqual(['again'])
  expect(one.reconnects()).toBe(1)
})

test('[D7] who was away tells the others: what it published meanwhile is lost to them', async () => {
  const cable = await openCable([server.url.replace('nats:', 'http:')])
  const installation = crypto.randomUUID()
  const away = await open({ installation, url: cable.url.replace('http:', 'nats:') })
  const whole = await open({ installation })
  const gaps = countGaps(whole)
  cable.cut()
  await until(() => !away.isConnected())
  away.bus.publish(['user.1'], frame('lost'))
  expect(gaps.count).toBe(0)
  cable.mend()
  await until(() => gaps.count > 0)
  cable.close()
})

test('[D10] a wire that was cut in silence is doubted within two seconds, long before it is given up', async () => {
  const [one] = await openPair()
  await until(() => one.bus.isWhole())
  server.freeze()
  const began = performance.now()
  await until(() => !one.bus.isWhole())
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(one.isConnected()).toBe(true)
  server.thaw()
  await until(() => one.bus.isWhole())
})

test('a node that falls silent is doubted, then given up, and is a gap again when it is back; one that leaves, too', async () => {
  const installation = crypto.randomUUID()
  const one = await open({ installation })
  const gaps = countGaps(one)
  const raw = await openRaw()
  const say = (word: string) => raw.say(`rookery.${installation}.nodes`, `["${word}","a node"]\n`)
  say('hello')
  await raw.flush()
  await one.flush()
  expect([gaps.count, one.bus.isWhole()]).toEqual([0, true])
  await until(() => !one.bus.isWhole())
  expect(gaps.count).toBe(0)
  await until(() => gaps.count === 1, 15_000)
  expect(one.bus.isWhole()).toBe(true)
  say('beat')
  await until(() => gaps.count === 2)
  say('bye')
  await until(() => gaps.count === 3)
  await raw.close()
}, 30_000)

test('a roll call does not wait for who has fallen silent, nor for ever for who is slow', async () => {
  const installation = crypto.randomUUID()
  const one = await open({ installation })
  const raw = await openRaw()
  raw.say(`rookery.${installation}.nodes`, '["hello","a node"]\n')
  await raw.flush()
  await one.flush()
  const timeOf = async () => {
    const began = performance.now()
    expect(await one.rollCall.ask({ people: [1], sessions: [] })).toEqual({ people: [], active: [], sessions: [] })
    return performance.now() - began
  }
  expect(await timeOf()).toBeWithin(400, 2_000)
  await until(() => !one.bus.isWhole())
  expect(await timeOf()).toBeLessThan(300)
  await raw.close()
})

test('what is no event of ours harms nobody', async () => {
  const installation = crypto.randomUUID()
  const one = await open({ installation })
  const heard = listen(one, 'user.1')
  await one.flush()
  const raw = await openRaw()
  for (const text of ['', 'x', '[', '[\n', '{}\n', '["unheard of",1]\nx', 'null\n', '[]\n[]\n', '["nobody"]\n'])
    for (const subject of ['user.1', 'nodes', 'roll', 'many']) raw.say(`rookery.${installation}.${subject}`, text)
  raw.say(`rookery.${installation}.user.1`, '["frame",null]\n{"fine":true}')
  await raw.flush()
  await until(() => heard.length === 1)
  expect(heard).toEqual(['{"fine":true}'])
  await raw.close()
})

test('a guest is heard, and neither waited for nor missed', async () => {
  const installation = crypto.randomUUID()
  const one = await open({ installation })
  const heard = listen(one, 'user.1')
  const gaps = countGaps(one)
  await one.flush()
  const guest = await open({ installation, as: 'guest' })
  guest.bus.publish(['user.1'], frame('from the command line'))
  await guest.bus.close()
  await until(() => heard.length === 1)
  const began = performance.now()
  await one.rollCall.ask({ people: [1], sessions: [] })
  await one.rollCall.ask({ people: [1], sessions: [] })
  expect(performance.now() - began).toBeLessThan(900)
  expect(gaps.count).toBe(0)
})

test('closing is quick also while NATS is away', async () => {
  const own = await startNatsServer()
  const one = await open({ url: own.url })
  await own.stop('SIGKILL')
  await until(() => !one.isConnected())
  const began = performance.now()
  await one.bus.close()
  expect(performance.now() - began).toBeLessThan(2_000)
})

const address = ({ url }: NatsServer, as: string) => url.replace('//', `//${as}@`)

const problemOf = (url: string) =>
  open({ url }).then(
    () => 'none',
    (error: Error) => error.message,
  )

describe('what NATS_URL may be', () => {
  test('one that nobody listens at, or that is no NATS server, is told in one line', async () => {
    const web = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response('hello') })
    for (const url of ['nats://127.0.0.1:9', 'nats://nowhere.invalid:4222', `nats://127.0.0.1:${web.port}`]) {
      const problem = await problemOf(url)
      expect(problem).toStartWith(`NATS at ${url} cannot be used (`)
      expect(problem).toEndWith('Start it, or correct NATS_URL; without NATS_URL a node is alone.')
      expect(problem).not.toContain('\n')
    }
    await web.stop(true)
  }, 20_000)

  test('of several, any one will do', async () => {
    expect(await problemOf(`nats://127.0.0.1:9,${server.url}`)).toBe('none')
  })

  test('names, passwords and tokens are used, and not shown', async () => {
    const withUser = await startNatsServer('authorization { user: "a b", password: "p:@/" }')
    const withToken = await startNatsServer('authorization { token: "secret" }')
    expect(await problemOf(address(withUser, 'a%20b:p%3A%40%2F'))).toBe('none')
    expect(await problemOf(address(withToken, 'secret'))).toBe('none')
    for (const url of [address(withUser, 'wrong:password'), withUser.url, address(withToken, 'wrong')]) {
      const problem = await problemOf(url)
      expect(problem).toMatch(/NATS at nats:\/\/127\.0\.0\.1:\d+ cannot be used \(.*Authorization/i)
      expect(problem).not.toContain('wrong')
    }
    await Promise.all([withUser.stop(), withToken.stop()])
  })

  test('a server that forbids our subjects, or takes only small messages, cannot be used', async () => {
    const strict = await startNatsServer(
      'authorization { users: [{ user: u, password: p, permissions: { publish: "elsewhere.>", subscribe: ">" } }] }',
    )
    expect(await problemOf(strict.url.replace('//', '//u:p@'))).toMatch(/Permissions Violation/)
    const small = await startNatsServer('max_payload: 4096')
    expect(await problemOf(small.url)).toMatch(/4096.*131072.*max_payload/)
    await Promise.all([strict.stop(), small.stop()])
  })
})
