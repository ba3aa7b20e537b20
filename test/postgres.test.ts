/** The product on PostgreSQL: two people chat, the database goes away and comes back, another device comes in. */
import { expect, test } from 'bun:test'
import { callOnce } from '@rookery/client'
import {
  connectDevice,
  logIn,
  makeFolder,
  password,
  signUp,
  spawnServer,
  startTestServer,
  waitFor,
  textOf,
} from './harness.ts'
import { useCluster } from './postgres.ts'

const cluster = useCluster()

test('[D1] [D2] [D7] a chat goes on over a restart of the database, and a second device gets all of it', async () => {
  const server = await startTestServer({ DATABASE_URL: await cluster().createDatabase(), ROOKERY_CONTACTS: 'request' })
  const [one, other] = [await signUp(server.url, '甲'), await signUp(server.url, '乙')]
  const [first, second] = [await connectDevice(server.url, one.token), await connectDevice(server.url, other.token)]
  const asked = await callOnce(server.url, 'contacts.request', { number: other.me.number }, { token: one.token })
  expect(asked).toMatchObject({ ok: true, value: { state: 'outgoing' } })
  await waitFor(second, ({ contacts }) => contacts.get(one.me.number)?.state === 'incoming')
  const accepted = { number: one.me.number, accept: true }
  expect(await callOnce(server.url, 'contacts.answer', accepted, { token: other.token })).toMatchObject({ ok: true })
  await waitFor(first, ({ conversations }) => conversations.size === 1)
  const [conversation = 0] = first.state().conversations.keys()

  first.send(conversation, 'before 🎉')
  await waitFor(second, ({ conversations }) => conversations.get(conversation)?.last_seq === 1)
  await cluster().stop('crash')
  first.send(conversation, 'written while it was away')
  second.send(conversation, '我也是')
  await cluster().start()
  for (const device of [first, second])
    await waitFor(device, ({ conversations }) => conversations.get(conversation)?.last_seq === 3)
  second.read(conversation, 3)
  await waitFor(second, ({ conversations }) => conversations.get(conversation)?.unread === 0)

  const third = await connectDevice(server.url, (await logIn(server.url, '甲')).token)
  await waitFor(third, ({ conversations }) => conversations.get(conversation)?.last_seq === 3)
  expect(third.state().contacts.get(other.me.number)?.state).toBe('friend')
  const page = await callOnce(server.url, 'messages.page', { conversation, limit: 10 }, { token: one.token })
  if (!page.ok) throw new Error(page.code)
  expect(page.value.messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(new Set(page.value.messages.map(textOf))).toEqual(
    new Set(['before 🎉', 'written while it was away', '我也是']),
  )
  for (const device of [first, second, third]) device.close()
  await server.stop()
})

test('two nodes serve one database; the command works beside them', async () => {
  const settings = { DATABASE_URL: await cluster().createDatabase(), ROOKERY_DATA: makeFolder() }
  const [one, other] = [await spawnServer(settings), await spawnServer(settings)]
  expect(one.output()).toContain(`Kept in the database 127.0.0.1:${cluster().port}/`)
  const added = await runCommand(settings, ['user', 'add', '20171000001', '--name', '甲', '--password-stdin'])
  expect(added).toEqual({ code: 0, err: '' })
  for (const { url } of [one, other]) {
    const entered = await callOnce(url, 'sessions.logIn', { login: '20171000001', password })
    expect(entered).toMatchObject({ ok: true, value: { me: { number: 20171000001 } } })
  }
  expect([await one.stop(), await other.stop()]).toEqual([0, 0])
})

test('a server and a command that cannot reach the database say so in one line, and end with 1', async () => {
  const settings = { DATABASE_URL: 'postgres://rookery:secret@127.0.0.1:1/rookery', ROOKERY_DATA: makeFolder() }
  const problem = 'no PostgreSQL answers at 127.0.0.1:1 (Failed to connect). Start it, or correct DATABASE_URL.\n'
  expect(await runCommand(settings, ['serve'])).toEqual({ code: 1, err: `Cannot start: ${problem}` })
  expect(await runCommand(settings, ['invite'])).toEqual({
    code: 1,
    err: `Cannot begin: ${problem}`,
  })
})

async function runCommand(settings: Readonly<Record<string, string>>, args: readonly string[]) {
  const child = Bun.spawn([process.execPath, 'packages/cli/main.ts', ...args], {
    cwd: `${import.meta.dir}/..`,
    env: { ...process.env, ROOKERY_UDP: 'off', ...settings },
    stdin: new Blob([password]),
    stdout: 'ignore',
    stderr: 'pipe',
  })
  const err = await new Response(child.stderr).text()
  return { code: await child.exited, err }
}
