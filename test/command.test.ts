/** The `rookery` command, as somebody at a shell has it. */
import { join } from 'node:path'
import { expect, test } from 'bun:test'
import { callOnce } from '@rookery/client'
import { choosePort, makeFolder, spawnServer, startTestServer } from './harness.ts'

async function run(
  folder: string,
  args: readonly string[],
  input = '',
): Promise<{ code: number; out: string; err: string }> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, '../packages/cli/main.ts'), ...args], {
    env: { ...process.env, DATABASE_URL: '', ROOKERY_DATA: folder, ROOKERY_UDP: 'off' },
    stdin: new Blob([input]),
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  return { code: await child.exited, out, err }
}

async function writeList(folder: string, name: string, text: string): Promise<string> {
  await Bun.write(join(folder, name), text)
  return join(folder, name)
}

test('user add makes an account that can log in, beside a running server; a taken number is refused with 1', async () => {
  const folder = makeFolder()
  const server = await spawnServer({ ROOKERY_DATA: folder })
  const added = await run(
    folder,
    ['user', 'add', '20171000001', '--name', '甲', '--password-stdin', '--json'],
    'a good secret\n',
  )
  expect(added).toMatchObject({ code: 0, out: '{"number":20171000001,"link":null}\n' })
  for (const login of ['20171000001', '甲', '２０１７１０００００１']) {
    const entered = await callOnce(server.url, 'sessions.logIn', { login, password: 'a good secret' })
    expect(entered).toMatchObject({ ok: true, value: { me: { number: 20171000001 } } })
  }
  expect(await run(folder, ['user', 'add', '20171000001', '--name', '乙'])).toMatchObject({ code: 1, out: '' })
  expect((await run(folder, ['user', 'add', '12', '--name', '乙'])).code).toBe(2)
  expect((await run(folder, ['user', 'add'])).code).toBe(2)
  expect((await run(folder, ['nonsense'])).code).toBe(2)
  expect((await run(folder, ['--help'])).code).toBe(0)
  const linked = await run(folder, ['user', 'add', '--name', '乙'])
  const [, ticket] = /join#(\S+)/.exec(linked.out) ?? []
  expect(await callOnce(server.url, 'tickets.read', { ticket: ticket ?? '' })).toMatchObject({
    ok: true,
    value: { kind: 'claim' },
  })
  await server.stop()
})

test('whoever names a folder with nothing in it is told so, once', async () => {
  const folder = join(makeFolder(), 'slip')
  const first = await run(folder, ['invite'])
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('/join#') })
  expect(first.err).toBe(`Nothing is kept in the data folder ${folder} yet: it is made now.\n`)
  expect(await run(folder, ['invite'])).toMatchObject({ code: 0, err: '' })
})

test('import people makes every good line an account, names bad lines by number, and may be repeated', async () => {
  const folder = makeFolder()
  const file = await writeList(
    folder,
    'AllPeople.txt',
    '甲:20171000001\nno number\n乙:20171000002\n123456:20171000003\n',
  )
  const first = await run(folder, ['import', 'people', file])
  expect(first.code).toBe(1)
  expect(first.out.trim().split('\n')).toHaveLength(2)
  expect(first.err).toContain('line 2: not NAME:NUMBER: no number')
  expect(first.err).toContain('line 4: bad_request: 123456:20171000003')
  expect(first.err).toContain('2 done, 0 there already, 2 bad lines')
  const again = await run(folder, ['import', 'people', file, '--json'])
  const outcomes = again.out
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { outcome: string }).outcome)
  expect(outcomes).toEqual(['there_already', 'bad', 'there_already', 'bad'])
  expect((await run(folder, ['import', 'people', join(folder, 'nowhere.txt')])).code).toBe(2)
})

test('import friends makes contacts of both sides; export friends writes the file back', async () => {
  const folder = makeFolder()
  const all = await writeList(folder, 'AllPeople.txt', '甲:20171000001\n乙:20171000002\n丙:20171000003\n')
  await run(folder, ['import', 'people', all])
  const list = await writeList(folder, 'Friends.txt', '乙:20171000002\n丙:20171000003\n丁:20171000009\n')
  const imported = await run(folder, ['import', 'friends', list, '--user', '20171000001'])
  expect(imported.err).toContain('line 3: not_found: 丁:20171000009')
  expect(imported.err).toContain('2 done, 0 there already, 1 bad lines')
  const exported = await run(folder, ['export', 'friends', '--user', '20171000001'])
  expect(exported).toMatchObject({ code: 0, out: '乙:20171000002\n丙:20171000003\n' })
  expect((await run(folder, ['export', 'friends', '--user', '20171000002'])).out).toBe('甲:20171000001\n')
})

test('user udp switches old clients off and on for one account', async () => {
  const folder = makeFolder()
  await run(folder, ['user', 'add', '20171000001', '--name', '甲'])
  expect((await run(folder, ['user', 'udp', '20171000001', 'off'])).code).toBe(0)
  expect((await run(folder, ['user', 'udp', '20171000001', 'on'])).code).toBe(0)
  expect((await run(folder, ['user', 'udp', '20171000009', 'off'])).code).toBe(1)
  expect((await run(folder, ['user', 'udp', '20171000001', 'maybe'])).code).toBe(2)
})

test('serve says in one line what is wrong with a setting or an address', async () => {
  const folder = makeFolder()
  const wrong = await run(folder, ['serve', '--port', 'eighty'])
  expect(wrong).toMatchObject({ code: 2, out: '' })
  expect(wrong.err.trim().split('\n')).toHaveLength(1)
  const port = String(choosePort())
  const server = await spawnServer({ PORT: port, ROOKERY_UDP: `127.0.0.1:${port}` })
  const other = await run(makeFolder(), ['serve', '--port', port])
  expect(other).toMatchObject({ code: 1, err: `Cannot start: 127.0.0.1:${port} is in use. Choose another PORT.\n` })
  const third = await run(makeFolder(), ['serve', '--port', String(choosePort()), '--rookery-udp', `127.0.0.1:${port}`])
  expect(third.code).toBe(1)
  const data = makeFolder()
  const holder = await spawnServer({ ROOKERY_DATA: data })
  const intruder = await run(data, ['serve', '--port', String(choosePort())])
  expect(intruder).toMatchObject({
    code: 1,
    err: `Cannot start: another server is running on the data folder ${data}\n`,
  })
  await holder.kill()
  await (await spawnServer({ ROOKERY_DATA: data })).stop()
  expect(third.err).toContain(`UDP 127.0.0.1:${port} is in use`)
  expect(await server.stop()).toBe(0)
})

test('relay refuses a wrong password with 1, and a second one on the machine says so', async () => {
  const folder = makeFolder()
  const server = await spawnServer({ ROOKERY_DATA: folder })
  await run(folder, ['user', 'add', '20171000001', '--name', '甲', '--password-stdin'], 'a good secret')
  const args = ['relay', '20171000001', '--url', server.url, '--port', String(choosePort())]
  expect((await run(folder, args, 'a bad secret')).code).toBe(1)
  const first = Bun.spawn([process.execPath, join(import.meta.dir, '../packages/cli/main.ts'), ...args], {
    stdin: new Blob(['a good secret']),
    stdout: 'pipe',
  })
  const { value } = await first.stdout.getReader().read()
  expect(Buffer.from(value ?? []).toString()).toContain('Relay of 甲 (20171000001)')
  const second = await run(folder, args, 'a good secret')
  expect(second.code).toBe(1)
  expect(second.err).toContain('another relay')
  first.kill('SIGTERM')
  expect(await first.exited).toBe(0)
  await server.stop()
})

test('an address that is taken leaves the data folder to whoever tries again', async () => {
  const ROOKERY_DATA = makeFolder()
  const first = await startTestServer()
  const PORT = new URL(first.url).port
  expect(await startTestServer({ ROOKERY_DATA, PORT }).catch((error: unknown) => String(error))).toContain('in use')
  const second = await startTestServer({ ROOKERY_DATA })
  await second.stop()
  await first.stop()
})
