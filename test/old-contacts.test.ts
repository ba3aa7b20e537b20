/** Who may write to whom where contacts are asked first, and one of the two has an old client. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { RunningServer } from '@rookery/server'
import { connectDevice, password, signUp, startTestServer, until, waitFor } from './harness.ts'
import { openOldClient, type OldClient } from './old-client.ts'

const settings = { ROOKERY_UDP: '127.0.0.1:0', ROOKERY_UDP_RATE: '100000', ROOKERY_CONTACTS: 'request' }
const opened: OldClient[] = []
let server: RunningServer
beforeAll(async () => {
  server = await startTestServer(settings)
})
afterAll(async () => {
  for (const client of opened) client.close()
  await server.stop()
})

let last = 20_172_000_000
async function enter(at: RunningServer = server): Promise<OldClient & { number: number }> {
  const client = await openOldClient(at.udp ?? '')
  opened.push(client)
  const number = (last += 1)
  expect(await client.ask(`01#${number}#${password}#${password}#`)).toBe('01:01')
  expect(await client.ask(`02#${number}#${password}#`)).toBe('02:01')
  return { ...client, number }
}

test('two old clients write to each other at once, as on the old campus', async () => {
  const [one, two] = [await enter(), await enter()]
  expect(await one.ask(`03#${two.number}#hello#`)).toBe('03:01')
  expect(await two.ask(`05#${one.number}#`)).toMatch(/:hello$/)
  expect(await two.ask(`03#${one.number}#and back#`)).toBe('03:01')
  expect(await one.ask('09#')).toMatch(/:and back$/)
})

test('[D10] an old client writes to the web, until it is deleted there: then it has to be accepted again', async () => {
  const old = await enter()
  const login = await signUp(server.url, 'web')
  const web = await connectDevice(server.url, login.token)
  expect(await old.ask(`03#${login.me.number}#first#`)).toBe('03:01')
  await waitFor(web, ({ conversations }) => [...conversations.values()][0]?.last_seq === 1)
  await web.call('contacts.remove', { number: old.number })
  expect(await old.ask(`03#${login.me.number}#second#`)).toBe('03:02')
  await waitFor(web, ({ contacts }) => contacts.get(old.number)?.state === 'incoming')
  expect([...web.state().conversations.values()][0]?.last_seq).toBe(1)
  await web.call('contacts.answer', { number: old.number, accept: true })
  expect(await old.ask(`03#${login.me.number}#third#`)).toBe('03:01')
  web.close()
})

test('somebody on the web adds an old client, which could not answer, and writes at once', async () => {
  const old = await enter()
  const login = await signUp(server.url, 'web two')
  const web = await connectDevice(server.url, login.token)
  expect(await web.call('contacts.request', { number: old.number })).toMatchObject({
    ok: true,
    value: { state: 'friend' },
  })
  await waitFor(web, ({ conversations }) => conversations.size === 1)
  const [conversation = 0] = web.state().conversations.keys()
  web.send(conversation, 'hello')
  await until(async () => (await old.ask('08#')) === '08:1')
  web.close()
})

test('who has switched old clients off, or a server that says so, is asked first', async () => {
  const old = await enter()
  const login = await signUp(server.url, 'web three')
  const web = await connectDevice(server.url, login.token)
  await web.call('accounts.allowLegacy', { legacy: false })
  expect(await old.ask(`03#${login.me.number}#hello#`)).toBe('03:02')
  await waitFor(web, ({ contacts }) => contacts.get(old.number)?.state === 'incoming')
  web.close()
  const strict = await startTestServer({ ...settings, ROOKERY_UDP_CONTACTS: 'request' })
  const [one, two] = [await enter(strict), await enter(strict)]
  expect(await one.ask(`03#${two.number}#hello#`)).toBe('03:02')
  expect(await two.ask(`03#${one.number}#hello#`)).toBe('03:01')
  expect(await one.ask(`03#${two.number}#hello again#`)).toBe('03:01')
  await strict.stop()
})
