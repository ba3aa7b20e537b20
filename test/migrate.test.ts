/** From SQLite to PostgreSQL and back: every row, live or stopped, again and again; and devices do not notice. */
import { describe, expect, test } from 'bun:test'
import { callOnce, connect } from '@rookery/client'
import { migrate, type MigrateOptions, type MigrateResult } from '@rookery/server'
import { Database } from 'bun:sqlite'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { tables } from '../packages/server/store/copy/tables.ts'
import { makeFolder, makePair, signUp, startTestServer, waitFor, type LogIn } from './harness.ts'
import { useCluster } from './postgres.ts'

const cluster = useCluster()

const copy = (from: string, to: string, given: Partial<MigrateOptions> = {}): Promise<MigrateResult> =>
  migrate({ from, to, replace: false, onTable: () => undefined, ...given })

interface Installation {
  readonly folder: string
  readonly one: LogIn
  readonly two: LogIn
  readonly conversation: number
}

async function say(url: string, from: LogIn, conversation: number, text: string): Promise<void> {
  const body = { kind: 'text', text } as const
  const sent = await callOnce(url, 'messages.send', { conversation, id: crypto.randomUUID(), body }, from)
  if (!sent.ok) throw new Error(sent.code)
}

/** Answers the conversation of the two. */
async function befriend(url: string, one: LogIn, other: LogIn): Promise<number> {
  const asked = await callOnce(url, 'contacts.request', { number: other.me.number }, one)
  if (!asked.ok) throw new Error(asked.code)
  const all = await callOnce(url, 'sync', { rev: 0 }, one)
  const row = all.ok ? all.value.memberships.find(({ peer }) => peer === other.me.number) : undefined
  if (!row) throw new Error('The two have no conversation.')
  return row.conversation
}

/** Two people, who have said something. */
async function makeInstallation(): Promise<Installation> {
  const folder = makeFolder()
  const server = await startTestServer({ ROOKERY_DATA: folder })
  const { one, other: two, conversation } = await makePair(server.url)
  await callOnce(server.url, 'contacts.request', { number: (await signUp(server.url, '甲 "\\ {a,b}')).me.number }, one)
  for (const text of ['早 🌅', 'line\nline', `'; DROP TABLE messages; --`, '{"a":[1,null]}\\'])
    await say(server.url, one, conversation, text)
  await server.stop()
  return { folder, one, two, conversation }
}

function written(result: MigrateResult): Record<string, number> {
  if (!result.ok) throw new Error(result.problem)
  return Object.fromEntries(result.tables.map(({ table, written: count }) => [table, count]))
}

describe('migrate', () => {
  test('every table and column of both stores is copied', async () => {
    const { folder } = await makeInstallation()
    const url = await cluster().createDatabase()
    await copy(folder, url)
    const db = new Database(join(folder, 'rookery.db'), { readonly: true })
    const own = new Set(['meta', 'sqlite_sequence'])
    const inSqlite = db
      .query<{ name: string; column: string }, []>(
        `SELECT t.name, c.name AS column FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'`,
      )
      .all()
      .filter(({ name }) => !own.has(name))
      .map(({ name, column }) => `${name}.${column}`)
    const inPostgres = (
      await cluster().query(
        url,
        `SELECT table_name || '.' || column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT IN ('meta', 'lanes', 'tallies')`,
      )
    )
      .trim()
      .split('\n')
    const copied = tables.flatMap(({ name, columns }) => columns.map(([column]) => `${name}.${column}`)).toSorted()
    expect(inSqlite.toSorted()).toEqual(copied)
    expect(inPostgres.toSorted()).toEqual(copied)
  })

  test('[D1] [D13] there and back: the same rows; devices go on where they were, and nothing is reset', async () => {
    const { folder, one, two, conversation } = await makeInstallation()
    const url = await cluster().createDatabase()
    expect(await copy(folder, url)).toMatchObject({ ok: true })

    const before = await startTestServer({ ROOKERY_DATA: folder })
    const asked = await callOnce(before.url, 'sync', { rev: 0 }, two)
    await before.stop()
    if (!asked.ok) throw new Error(asked.code)
    const { epoch, rev, cursor } = asked.value

    const there = await startTestServer({ DATABASE_URL: url })
    const same = await callOnce(there.url, 'sync', { epoch, rev, cursor }, two)
    expect(same).toMatchObject({ ok: true, value: { reset: false, conversations: [], contacts: [], memberships: [] } })
    await say(there.url, one, conversation, 'said on PostgreSQL')
    const next = await callOnce(there.url, 'sync', { epoch, rev, cursor }, two)
    expect(next).toMatchObject({ ok: true, value: { reset: false, conversations: [{ last_seq: 5 }] } })
    const third = await signUp(there.url, 'three')
    expect(third.me.number).toBe(two.me.number + 2)
    expect(await befriend(there.url, one, third)).toBe(conversation + 2)
    await there.stop()

    const back = makeFolder()
    expect(await copy(url, back)).toMatchObject({ ok: true })
    const again = await startTestServer({ ROOKERY_DATA: back })
    const device = connect({ url: again.url, token: two.token })
    await waitFor(device, ({ synced }) => synced)
    await device.loadOlder(conversation)
    const held = device
      .state()
      .conversations.get(conversation)
      ?.messages.map(({ body }) => body.text)
    expect(held).toContain('said on PostgreSQL')
    expect(await callOnce(again.url, 'sync', { epoch, rev, cursor }, two)).toMatchObject({
      ok: true,
      value: { reset: false, conversations: [{ last_seq: 5 }] },
    })
    expect(await befriend(again.url, two, third)).toBe(conversation + 3)
    device.close()
    await again.stop()
  })

  test('a second time only what has changed is copied, and what is gone goes', async () => {
    const { folder, one, two, conversation } = await makeInstallation()
    const url = await cluster().createDatabase()
    expect(written(await copy(folder, url))).toMatchObject({ accounts: 3, messages: 4, sessions: 3 })
    expect(Object.values(written(await copy(folder, url)))).toEqual(tables.map(() => 0))
    const server = await startTestServer({ ROOKERY_DATA: folder })
    await say(server.url, two, conversation, 'one more')
    await callOnce(server.url, 'sessions.logOut', {}, one)
    // While it runs, too.
    const result = await copy(folder, url)
    await server.stop()
    expect(written(result)).toMatchObject({ accounts: 0, messages: 1, conversations: 1, contacts: 0 })
    if (result.ok) expect(result.tables.find(({ table }) => table === 'sessions')).toMatchObject({ removed: 1 })
  })

  test('a running server’s copy is of one moment', async () => {
    const { folder, one, conversation } = await makeInstallation()
    const url = await cluster().createDatabase()
    const server = await startTestServer({ ROOKERY_DATA: folder })
    const copied = new AbortController()
    const talking = (async () => {
      for (let count = 0; !copied.signal.aborted; count += 1) await say(server.url, one, conversation, `text ${count}`)
    })()
    expect(await copy(folder, url)).toMatchObject({ ok: true })
    copied.abort()
    await talking
    await server.stop()
    const counts = await cluster().query(
      url,
      `SELECT bool_and(last_seq = (SELECT count(*) FROM messages m WHERE m.conversation = v.conversation))
       FROM conversations v`,
    )
    expect(counts.trim()).toBe('t')
  })

  test('what would be lost is not overwritten, unless it is said', async () => {
    const { folder, one, conversation } = await makeInstallation()
    const url = await cluster().createDatabase()
    await copy(folder, url)
    const there = await startTestServer({ DATABASE_URL: url })
    await say(there.url, one, conversation, 'newer')
    expect(await copy(folder, url).catch(String)).toContain('a server is running on it')
    await there.stop()
    expect(await copy(folder, url)).toMatchObject({ ok: false, problem: expect.stringContaining('gone on') })
    const other = await makeInstallation()
    expect(await copy(other.folder, url)).toMatchObject({ ok: false, problem: expect.stringContaining('another') })
    expect(await copy(other.folder, url, { replace: true })).toMatchObject({ ok: true })
    const now = await startTestServer({ DATABASE_URL: url })
    expect((await callOnce(now.url, 'sessions.current', {}, other.one)).ok).toBe(true)
    expect((await callOnce(now.url, 'sessions.current', {}, one)).ok).toBe(false)
    await now.stop()
  })

  test('what cannot be had is said in one line', async () => {
    const { folder } = await makeInstallation()
    expect(copy(makeFolder(), folder)).rejects.toThrow(/^Cannot open .*: there is no rookery.db in/)
    expect(copy(folder, 'postgres://nobody:secret@127.0.0.1:9/none')).rejects.toThrow(
      /^Cannot open the database: no PostgreSQL/,
    )
    const server = await startTestServer({ ROOKERY_DATA: folder })
    const copied = makeFolder()
    cpSync(join(folder, 'rookery.db'), join(copied, 'rookery.db'))
    expect(await copy(copied, folder).catch(String)).toContain('another server is running')
    await server.stop()
  })
})
