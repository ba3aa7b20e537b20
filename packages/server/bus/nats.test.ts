/** The bus over NATS, and its roll call, keep what core/bus-ports.ts promises; and what becomes of them in a cut. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { until } from '../../../test/harness.ts'
import { startNatsServer, type NatsServer } from '../../../test/nats-server.ts'
import { describeBusContract } from './contract/events.ts'
import { describeRollCallContract } from './contract/roll-call.ts'
import { openNats, type Nats } from './nats.ts'

let server: NatsServer
beforeAll(async () => {
  server = await startNatsServer()
})
afterAll(() => server.stop())

async function openPair(installation: string = crypto.randomUUID()): Promise<[Nats, Nats]> {
  const open = () => openNats({ url: server.url, installation, onChange() {} })
  const pair: [Nats, Nats] = [await open(), await open()]
  // They have met once both are waited for.
  await until(async () => {
    const [one, other] = pair.map(({ rollCall }) => rollCall)
    one?.answerWith(({ people }) => ({ people, sessions: [] }))
    return (await other?.ask({ people: [1], sessions: [] }))?.people.length === 1
  })
  return pair
}

describeBusContract('nats', async () => {
  const [one, other] = await openPair()
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
  return {
    rollCall: one.rollCall,
    peer: other.rollCall,
    async close() {
      await Promise.all([one.bus.close(), other.bus.close()])
    },
  }
})
void expect
void test
