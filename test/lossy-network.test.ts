/** Old clients on a bad network. `ROOKERY_LOSSY_SENDS=10000` is what a release is held to. */
import { expect, test } from 'bun:test'
import { callOnce } from '@rookery/client'
import { readLog } from '../packages/cli/verify/ask.ts'
import { logIn, password, startTestServer, textOf } from './harness.ts'
import { openLossyProxy } from './lossy-proxy.ts'
import { openOldClient, type OldClient } from './old-client.ts'

const sends = Number(process.env.ROOKERY_LOSSY_SENDS ?? 1_000)
const pairs = 10

/** Longer than the network holds a doubled or delayed datagram back, there and back again. */
const silence = 45

/** Asks until a reply of the right kind comes, and lets what is doubled or late run out. */
async function insist(client: OldClient, request: string, kind: RegExp): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    client.throw(request)
    const deadline = performance.now() + 150
    for (let left = 150; left > 0; left = deadline - performance.now()) {
      const reply = await client.listen(left)
      if (reply === null || !kind.test(reply)) continue
      while ((await client.listen(silence)) !== null);
      return reply
    }
  }
  throw new Error(`No reply to ${request}`)
}

test('[D4] [D15] datagrams lost, doubled and reordered: nothing twice in the store, nobody in another’s session', async () => {
  const server = await startTestServer({
    ROOKERY_UDP: '127.0.0.1:0',
    ROOKERY_UDP_RATE: '1000000',
    ROOKERY_UDP_RATE_ALL: '1000000',
  })
  const proxy = await openLossyProxy(server.udp ?? '', 4_711)
  const chat = async (index: number) => {
    const numbers = [0, 1].map((side) => 20_180_000_000 + index * 2 + side)
    const clients = await Promise.all(numbers.map(() => openOldClient(proxy.address)))
    for (const [side, number] of numbers.entries()) {
      const client = clients[side] as OldClient
      await insist(client, `01#${number}#${password}#${password}#`, /^01:0[13]$/)
      await insist(client, `02#${number}#${password}#`, /^02:0[14]$/)
    }
    const texts = Array.from({ length: sends / pairs }, (_, count) => `${index}/${count}`)
    for (const [count, text] of texts.entries()) {
      const side = count % 2
      expect(await insist(clients[side] as OldClient, `03#${numbers[1 - side]}#${text}#`, /^03:/)).toBe('03:01')
    }
    const { token } = await logIn(server.url, String(numbers[0]))
    const answer = await callOnce(server.url, 'sync', { rev: 0 }, { token })
    const conversation = answer.ok ? (answer.value.memberships[0]?.conversation ?? 0) : 0
    const log = await readLog([server.url], token, conversation)
    expect(log.map(textOf)).toEqual(texts)
    expect(log.map(({ sender }) => sender)).toEqual(texts.map((_, count) => numbers[count % 2] as number))
    for (const client of clients) client.close()
  }
  await Promise.all(Array.from({ length: pairs }, (_, index) => chat(index)))
  console.log(`lost ${proxy.counts.lost}, doubled ${proxy.counts.doubled}, delayed ${proxy.counts.delayed}`)
  for (const count of Object.values(proxy.counts)) expect(count).toBeGreaterThan(0)
  proxy.close()
  await server.stop()
}, 300_000)
