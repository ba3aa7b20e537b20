/** From SQLite to PostgreSQL and back: every row, live or stopped, again and again; and devices do not notice. */
import { describe, expect, test } from 'bun:test'
import { callOnce, connect } from '@rookery/client'
import { migrate, type MigrateOptions, type MigrateResult, type RunningServer } from '@rookery/server'
import { Database } from 'bun:sqlite'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { tables } from '../packages/server/store/copy/tables.ts'
import { speakTo, type Speaker } from './company.ts'
import { makeFolder, makePair, signUp, startTestServer, textOf, waitFor, type LogIn, type Settings } from './harness.ts'
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
  const row = all.ok
    ? all.value.memberships.find((member) => member.kind === 'direct' && member.peer === other.me.number)
    : undefined
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

async function onServer(settings: Settings, work: (to: Speaker, server: RunningServer) => Promise<void>) {
  const server = await startTestServer(settings)
  await work(speakTo(server.url), server)
  await server.stop()
}

async function finds(to: Speaker, who: LogIn, query: string): Promise<number[][]> {
  const { found } = await to.get(who, 'messages.find', { query })
  return found.map(({ message }) => [message.conversation, message.seq])
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
      .filter(({ name }) => !own.has(name) && !/^found(_|$)/.test(name))
      .map(({ name, column }) => `${name}.${column}`)
    const inPostgres = (
      await cluster().query(
        url,
        `SELECT table_name || '.' || column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT IN ('meta', 'lanes', 'tallies', 'found')`,
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
    const held = device.state().conversations.get(conversation)?.messages.map(textOf)
    expect(held).toContain('said on PostgreSQL')
    expect(await callOnce(again.url, 'sync', { epoch, rev, cursor }, two)).toMatchObject({
      ok: true,
      value: { reset: false, conversations: [{ last_seq: 5 }] },
    })
    expect(await befriend(again.url, two, third)).toBe(conversation + 3)
    device.close()
    await again.stop()
  })

  test('[D8] [D9] groups, changes and pictures go along; there and back, messages are found by what they say now', async () => {
    const { folder, one, two, conversation } = await makeInstallation()
    const url = await cluster().createDatabase()
    const [onSqlite, onPostgres] = [{ ROOKERY_DATA: folder }, { DATABASE_URL: url }]
    let group = 0
    let avatar = ''
    await onServer(onSqlite, async (to) => {
      group = await to.makeGroup(one, [two], '书友会')
      await to.say(one, group, { kind: 'text', text: '晚上吃饭 https://example.com', mentions: [two.me.number] })
      const edited = await to.say(one, conversation, 'first words')
      await to.get(one, 'messages.edit', { conversation, seq: edited, text: 'second words' })
      const recalled = await to.say(one, conversation, 'a secret plan')
      await to.get(one, 'messages.recall', { conversation, seq: recalled })
      await to.get(two, 'messages.react', { conversation, seq: edited, emoji: '👍', on: true })
      const image = Buffer.from('\x89PNG\r\n\x1a\n\x00\xff', 'latin1').toString('base64')
      avatar = (await to.get(one, 'accounts.setAvatar', { image })).avatar
    })

    expect(await copy(folder, url)).toMatchObject({ ok: true })
    await onServer(onPostgres, async (to, server) => {
      expect(await finds(to, two, '饭')).toEqual([[group, 2]])
      expect(await finds(to, two, 'words')).toEqual([[conversation, 5]])
      expect([await finds(to, two, 'first'), await finds(to, two, 'secret')]).toEqual([[], []])
      const bytes = new Uint8Array(await (await fetch(`${server.url}/avatars/${avatar}`)).arrayBuffer())
      expect(bytes.at(-1)).toBe(0xff)
      const { messages } = await to.get(two, 'messages.get', { conversation, seqs: [5, 6] })
      expect(messages).toMatchObject([{ reactions: [{ emoji: '👍' }] }, { body: { kind: 'recalled' } }])
      expect(await to.headOf(two, group)).toMatchObject({ mentioned: 2, group: { name: '书友会', members: 2 } })
      await to.say(two, group, '再吃饭')
      await to.get(one, 'messages.recall', { conversation: group, seq: 2 })
      await to.get(one, 'messages.edit', { conversation, seq: 5, text: 'third words' })
    })

    expect(await copy(url, folder)).toMatchObject({ ok: true })
    await onServer(onSqlite, async (to) => {
      expect(await finds(to, one, '吃饭')).toEqual([[group, 3]])
      expect([await finds(to, one, 'second'), await finds(to, one, 'third')]).toEqual([[], [[conversation, 5]]])
      // The place in the index that this leaves is another message's then.
      await to.get(two, 'messages.recall', { conversation: group, seq: 3 })
      await to.say(two, conversation, '最后吃饭')
    })

    expect(await copy(folder, url)).toMatchObject({ ok: true })
    await onServer(onPostgres, async (to) => {
      expect(await finds(to, one, '吃饭')).toEqual([[conversation, 7]])
      await to.say(two, group, '还吃饭')
      expect(await finds(to, one, '吃饭')).toEqual([
        [group, 4],
        [conversation, 7],
      ])
    })
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
