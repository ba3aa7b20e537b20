/** PostgreSQL killed, stopped, frozen, full, moved, and cut off in the middle of a commit. */
import { expect, test } from 'bun:test'
import { connect, createServer, type Socket } from 'node:net'
import { useCluster } from '../../../../test/postgres.ts'
import { contentOf } from '../../core/content.ts'
import type { NewMessage } from '../../core/log-ports.ts'
import { StoreUnavailable, type Store } from '../../core/ports.ts'
import { newEvent, standingOf } from '../contract/actions.ts'
import {
  makeAccount,
  makePair,
  makeSession,
  newAccount,
  newMessage,
  rightChange,
  say,
  textOf,
  valueOf,
} from '../contract/people.ts'
import { openPostgresStore } from './store.ts'

const cluster = useCluster()

/** Sends messages, some at once, until told to stop; what was answered is in `acknowledged`, by id. */
function keepSending(store: Store, conversation: number, sender: number) {
  const acknowledged = new Map<string, number>()
  const asked: NewMessage[] = []
  const state = { stopped: false }
  const send = async () => {
    while (!state.stopped) {
      const message = newMessage(conversation, sender, `text ${asked.length}`)
      asked.push(message)
      const { seq, duplicate } = valueOf(await store.messages.append(message))
      expect(duplicate).toBe(false)
      acknowledged.set(message.id, seq)
    }
  }
  const done = Promise.all(Array.from({ length: 10 }, send))
  return {
    acknowledged,
    async stop() {
      state.stopped = true
      await done
    },
  }
}

async function waitForMore(acknowledged: ReadonlyMap<string, number>, count: number): Promise<void> {
  const goal = acknowledged.size + count
  while (acknowledged.size < goal) await Bun.sleep(5)
}

async function readLog(store: Store, conversation: number) {
  const log = []
  for (;;) {
    const page = await store.messages.page({ conversation, after: log.at(-1)?.seq ?? 0, limit: 1_000 })
    if (page.length === 0) return log
    log.push(...page)
  }
}

test('[D1] [D2] [D4] kill -9 of PostgreSQL under sends: none is lost, none is there twice, and all go on by themselves', async () => {
  const store = await openPostgresStore(await cluster().createDatabase())
  const { one, conversation } = await makePair(store)
  const sending = keepSending(store, conversation, one)
  for (let kill = 0; kill < 3; kill += 1) {
    await waitForMore(sending.acknowledged, 300)
    await cluster().stop('crash')
    await cluster().start()
  }
  await waitForMore(sending.acknowledged, 300)
  await sending.stop()
  const log = await readLog(store, conversation)
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
  expect(log.map(({ id, seq }) => [id, seq])).toEqual([...sending.acknowledged].sort(([, a], [, b]) => a - b))
  await store.close()
})

test('while PostgreSQL is away calls wait, then are refused, later ones at once; when it is back they succeed', async () => {
  const store = await openPostgresStore(await cluster().createDatabase(), 1_000)
  const pair = await makePair(store)
  await cluster().stop('fast')
  const refused = { ok: false, code: 'unavailable', retry_after_ms: 1_000 } as const
  const began = performance.now()
  const waiting = [
    store.messages.append(newMessage(pair.conversation, pair.one, 'x')),
    store.accounts.create(newAccount()),
    store.conversations.moveReadPointer({ number: pair.one, conversation: pair.conversation, seq: 1 }),
    store.conversations.openDirect({ one: pair.one, other: pair.other }),
    store.tallies.change(['a'], 0, (tallies) => ({ value: null, tallies })),
  ]
  const reading = store.contacts.friends(pair.one).then(
    () => 'read',
    (error: unknown) => error,
  )
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => refused))
  expect(await reading).toBeInstanceOf(StoreUnavailable)
  expect(performance.now() - began).toBeGreaterThan(500)
  expect(await store.messages.append(newMessage(pair.conversation, pair.one, 'x'))).toEqual(refused)
  await cluster().start()
  await say(store, pair, 1, 1)
  expect(await readLog(store, pair.conversation)).toHaveLength(1)
  await store.close()
})

test('a PostgreSQL that says nothing any more keeps nobody waiting for ever, and is taken back when it speaks', async () => {
  const store = await openPostgresStore(await cluster().createDatabase(), 1_500)
  const pair = await makePair(store)
  cluster().freeze()
  const frozen = await store.messages.append(newMessage(pair.conversation, pair.one, 'x'))
  const read = await store.contacts.friends(pair.one).catch((error: unknown) => error)
  cluster().thaw()
  expect(frozen).toMatchObject({ ok: false, code: 'unavailable' })
  expect(read).toBeInstanceOf(StoreUnavailable)
  await say(store, pair, 1, 1)
  await store.close()
})

/** Passes everything on; once armed it cuts the connection at the next COMMIT, before or after the server has made it. */
async function openCutter(port: number) {
  let armed: 'before' | 'after' | null = null
  let cuts = 0
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    let cutting = false
    const cut = () => {
      cuts += 1
      for (const socket of [client, upstream]) socket.destroy()
    }
    client.on('data', (chunk: Buffer) => {
      const isCommit = armed !== null && chunk.includes('COMMIT\0')
      if (isCommit && armed === 'before') {
        armed = null
        return cut()
      }
      if (isCommit) {
        armed = null
        cutting = true
      }
      upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => (cutting ? cut() : client.write(chunk)))
    endWith(client, upstream)
    endWith(upstream, client)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port: own } = server.address() as { port: number }
  return {
    port: own,
    arm: (how: 'before' | 'after') => (armed = how),
    cuts: () => cuts,
    close: () => server.close(),
  }
}

function endWith(socket: Socket, other: Socket): void {
  for (const event of ['close', 'error']) socket.on(event, () => other.destroy())
}

test.each(['before', 'after'] as const)(
  '[D1] [D4] cut off %s the commit: the answer is what would have been, and all is written once',
  async (how) => {
    const cutter = await openCutter(cluster().port)
    const url = (await cluster().createDatabase()).replace(`:${cluster().port}/`, `:${cutter.port}/`)
    const store = await openPostgresStore(url)
    const { one, other, conversation } = await makePair(store)
    const session = await makeSession(store, one)

    cutter.arm(how)
    const sent = await Promise.all(
      ['first', 'second'].map((text) => store.messages.append(newMessage(conversation, one, text))),
    )
    expect(sent.map((answer) => valueOf(answer))).toMatchObject([
      { seq: 1, duplicate: false },
      { seq: 2, duplicate: false },
    ])
    expect(await readLog(store, conversation)).toHaveLength(2)

    cutter.arm(how)
    const moved = await store.conversations.moveReadPointer({ number: other, conversation, seq: 2 })
    expect(valueOf(moved)).toMatchObject({ read_seq: 2, moved: { rev: 2 } })

    cutter.arm(how)
    const next = await makeAccount(store)
    expect(next).toBe(other + 1)

    cutter.arm(how)
    const changed = await store.accounts.setPassword({ number: one, before: 'hash', password_hash: 'new', keep: null })
    expect(changed).toEqual({ ok: true, value: { ended: [session] } })

    cutter.arm(how)
    const row = await store.conversations.membership(one, conversation)
    const taken = await store.contacts.change([rightChange(one, conversation, false, row?.rev ?? 0)])
    expect(valueOf(taken)).toMatchObject([{ owner: one, memberships: [{ writable: false, rev: 2 }] }])

    cutter.arm(how)
    const member = await standingOf(store, conversation, one)
    const content = contentOf({ kind: 'text', text: 'edited' })
    const edited = await store.messages.change({ conversation, seq: 1, expect: 1, member, content })
    expect(valueOf(edited)).toMatchObject({ row: { rev: 3, body: { text: 'edited' } } })

    const group = valueOf(await store.groups.create({ name: 'g', folded_name: 'g', owner: one }))
    cutter.arm(how)
    const event = newEvent(one, { kind: 'event', event: 'created' })
    const entering = { row: 'membership', owner: one, conversation: group.conversation, set: {}, expect: 0 } as const
    const made = await store.groups.change({ ...group, expect: 0, set: {}, rows: [entering], event })
    expect(valueOf(made)).toMatchObject({ group: { version: 1, members: 1 }, message: { seq: 1 } })

    cutter.arm(how)
    const profile = await store.contacts.changeProfile({ number: one, name: 'new', folded_name: 'new' })
    expect(valueOf(profile)).toMatchObject([{ owner: one, settings: [{ name: 'new', rev: 4 }] }, { owner: other }])
    expect(cutter.cuts()).toBe(8)
    await store.close()
    cutter.close()
  },
)

test('a full disk refuses what writes, and only that, until there is space again', async () => {
  const url = await cluster().createDatabase()
  const store = await openPostgresStore(url)
  const pair = await makePair(store)
  await say(store, pair, 1, 1)
  // What PostgreSQL says where a table cannot grow (53100).
  await cluster().query(
    url,
    `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
     CREATE TRIGGER full_disk BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION full_disk();
     CREATE TRIGGER full_disk BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION full_disk()`,
  )
  const full = { ok: false, code: 'storage_full' } as const
  expect(await store.messages.append(newMessage(pair.conversation, pair.one, 'x'))).toEqual(full)
  expect(await store.accounts.create(newAccount())).toEqual(full)
  expect(await readLog(store, pair.conversation)).toHaveLength(1)
  await cluster().query(url, 'DROP TRIGGER full_disk ON messages; DROP TRIGGER full_disk ON accounts')
  await say(store, pair, 2, 2)
  expect((await readLog(store, pair.conversation)).map(({ seq }) => seq)).toEqual([1, 2])
  await store.close()
})

test('what was begun before closing is committed; what comes after is rejected', async () => {
  const url = await cluster().createDatabase()
  const store = await openPostgresStore(url)
  const { one, conversation } = await makePair(store)
  const begun = [
    store.messages.append(newMessage(conversation, one, 'x')),
    store.accounts.create(newAccount({ folded_name: 'begun' })),
  ]
  await store.close()
  expect((await Promise.all(begun)).map(({ ok }) => ok)).toEqual([true, true])
  const late = [store.messages.append(newMessage(conversation, one, 'y')), store.accounts.search('begun', 1)]
  for (const { status } of await Promise.allSettled(late)) expect(status).toBe('rejected')
  const again = await openPostgresStore(url)
  expect(await readLog(again, conversation)).toHaveLength(1)
  expect(await again.accounts.search('begun', 1)).toHaveLength(1)
  expect(await cluster().query(url, 'SELECT count(*) FROM lanes')).toBe('2\n')
  await again.close()
})

test('one message that cannot be written takes no other of its batch down', async () => {
  const store = await openPostgresStore(await cluster().createDatabase())
  const { one, conversation } = await makePair(store)
  const answers = await Promise.allSettled(
    ['x', 'not an id', 'y'].map((text) =>
      store.messages.append(newMessage(conversation, one, text, text.length > 1 ? text : undefined)),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((await readLog(store, conversation)).map(textOf)).toEqual(['x', 'y'])
  await store.close()
})
