/** Whatever three devices do, and however often their cables are pulled, they end with the same log. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Client, Conversation } from '@rookery/client'
import type { RunningServer } from '@rookery/server'
import fc from 'fast-check'
import { connectDevice, makePair, startTestServer, until } from './harness.ts'
import { readLog } from './history.ts'
import { startProxy, type Proxy } from './proxy.ts'

const runs = Number(process.env.ROOKERY_MODEL_RUNS ?? 25)

type Action =
  | { readonly kind: 'send'; readonly device: number }
  | { readonly kind: 'retry'; readonly device: number; readonly which: number }
  | { readonly kind: 'read'; readonly device: number; readonly share: number }
  | { readonly kind: 'cut'; readonly device: number }
  | { readonly kind: 'mend'; readonly device: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }

const device = fc.nat(2)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('send' as const), device }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retry' as const), device, which: fc.nat(50) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      device,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), device }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('mend' as const), device }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), milliseconds: fc.nat(30) }) },
)

let server: RunningServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

interface Device {
  readonly client: Client
  readonly proxy: Proxy
  readonly number: number
  readonly conversation: number
  /** Ids and texts of what was sent from here. */
  readonly sent: { readonly id: string; readonly text: string }[]
}

async function connectThrough(token: string, number: number, conversation: number): Promise<Device> {
  const proxy = await startProxy(server.url)
  return { client: await connectDevice(proxy.url, token), proxy, number, conversation, sent: [] }
}

function conversationOf({ client, conversation }: Device): Conversation {
  const held = client.state().conversations.get(conversation)
  if (!held) throw new Error('The device has lost its conversation.')
  return held
}

/** Does one thing on one device. The answers to retries are checked as they come: the same seq, every time. */
async function act(devices: readonly Device[], step: Action): Promise<void> {
  if (step.kind === 'wait') return Bun.sleep(step.milliseconds)
  const own = devices[step.device]
  if (!own) throw new Error(`There is no device ${step.device}.`)
  switch (step.kind) {
    case 'send': {
      const text = `${step.device}: ${own.sent.length} 早 🌅`
      own.sent.push({ id: own.client.send(own.conversation, text), text })
      return
    }
    case 'retry':
      return retry(own, step.which)
    case 'read':
      return own.client.read(own.conversation, Math.round(conversationOf(own).last_seq * step.share))
    case 'cut':
      return own.proxy.cut()
    case 'mend':
      return own.proxy.mend()
  }
}

/** Again what was sent before; what is still on its way is the outbox's to send again, in its order. */
async function retry(own: Device, which: number): Promise<void> {
  const { client, conversation } = own
  const pending = new Set(conversationOf(own).pending.map(({ id }) => id))
  const sent = own.sent.filter(({ id }) => !pending.has(id))
  const message = sent[which % Math.max(1, sent.length)]
  if (!message) return
  const { id, text } = message
  const again = () => client.call('messages.send', { conversation, id, body: { kind: 'text', text } })
  const [first, second] = await Promise.all([again(), again()])
  if (first.ok && second.ok) expect(second.value).toEqual(first.value)
  const other = await client.call('messages.send', { conversation, id, body: { kind: 'text', text: `${text}!` } })
  if (first.ok && !other.ok) expect(['message_id_conflict', 'unreachable']).toContain(other.code)
  expect(first.ok && other.ok).toBe(false)
}

async function settle(devices: readonly Device[]): Promise<void> {
  for (const { proxy } of devices) proxy.mend()
  await until(() =>
    devices.every((own) => own.client.state().connection.kind === 'online' && conversationOf(own).pending.length === 0),
  )
  const total = devices.reduce((sum, { sent }) => sum + sent.length, 0)
  await until(() => devices.every((own) => conversationOf(own).last_seq === total))
  await until(() => new Set(devices.slice(0, 2).map((own) => conversationOf(own).read_seq)).size === 1)
}

test('[D1] [D2] [D3] [D4] [D5] [D7] [D12] sends, retries, reads and cut cables in any order leave one log', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 40 }), async (actions) => {
      const { one, other, conversation } = await makePair(server.url)
      const devices = await Promise.all(
        [one, one, other].map(({ token, me }) => connectThrough(token, me.number, conversation)),
      )
      try {
        for (const step of actions) await act(devices, step)
        await settle(devices)
        const log = await readLog(server.url, one.token, conversation)
        expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
        expect(log.map(({ id }) => id).toSorted()).toEqual(
          devices.flatMap(({ sent }) => sent.map(({ id }) => id)).toSorted(),
        )
        for (const own of devices) {
          const held = conversationOf(own)
          expect(held.messages).toEqual(log)
          // One device's messages stand in the order in which it sent them.
          const mine = new Set(own.sent.map(({ id }) => id))
          expect(log.filter(({ id }) => mine.has(id)).map(({ id }) => id)).toEqual(own.sent.map(({ id }) => id))
          const unread = log.filter(({ seq, sender }) => seq > held.read_seq && sender !== own.number).length
          expect(held.unread).toBe(unread)
        }
        expect(conversationOf(devices[0] as Device).unread).toBe(conversationOf(devices[1] as Device).unread)
      } finally {
        for (const { client, proxy } of devices) {
          client.close()
          proxy.close()
        }
      }
    }),
    { numRuns: runs, endOnFailure: true },
  )
}, 300_000)
