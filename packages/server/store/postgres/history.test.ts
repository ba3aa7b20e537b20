/** A database that was put elsewhere is another history; one that was migrated is the same. */
import { expect, test } from 'bun:test'
import { useCluster } from '../../../../test/postgres.ts'
import { makePair, say } from '../contract/people.ts'
import { openPostgresStore } from './store.ts'

const cluster = useCluster()
const whole = {
  rev: 0,
  below: null,
  heads: new Map<number, number>(),
  rows: 100,
  messages: 100,
  changes: 100,
  length: 1e9,
}

async function makeHistory() {
  const url = await cluster().createDatabase()
  const store = await openPostgresStore(url)
  const pair = await makePair(store)
  await say(store, pair, 1, 3)
  return { url, store, pair }
}

test('[D13] [Y18] a dump restored into another database gets another name, keeps that one, and counts on', async () => {
  const { url, store, pair } = await makeHistory()
  await store.close()
  // As after years: the new cluster has not had as many transactions by far.
  await cluster().query(url, 'UPDATE conversations SET txid = 5000000; UPDATE messages SET txid = 5000000')
  const restored = await cluster().createDatabase()
  await cluster().copy(url, restored)
  const copy = await openPostgresStore(restored)
  expect(copy.epoch).not.toBe(store.epoch)
  const { txid } = await copy.conversations.changes({ ...whole, number: pair.one, after: -1 })
  expect(txid).toBeGreaterThanOrEqual(5_000_000)
  await say(copy, pair, 4, 4)
  const answer = await copy.conversations.changes({ ...whole, number: pair.one, after: txid })
  expect(answer.conversations).toMatchObject([{ last_seq: 4, messages: [{ seq: 4 }] }])
  await copy.close()
  const again = await openPostgresStore(restored)
  expect(again.epoch).toBe(copy.epoch)
  await again.close()
  const original = await openPostgresStore(url)
  expect(original.epoch).toBe(store.epoch)
  await original.close()
})

test('[D13] [Y18] a server that came back from recovery is another history to those who were connected, too', async () => {
  const { url, store, pair } = await makeHistory()
  const before = store.epoch
  await cluster().stop('fast')
  await cluster().start()
  await say(store, pair, 4, 4)
  expect(store.epoch).toBe(before)
  await cluster().stop('fast')
  await cluster().recoverAtStart()
  await cluster().start()
  await say(store, pair, 5, 5)
  expect(store.epoch).not.toBe(before)
  const other = await openPostgresStore(url)
  expect(other.epoch).toBe(store.epoch)
  await Promise.all([store.close(), other.close()])
})

test('[D13] a database that a migration filled keeps the name it brings, once, and counts on from its transactions', async () => {
  const { url, store, pair } = await makeHistory()
  await store.close()
  await cluster().query(
    url,
    `UPDATE meta SET value = 'brought' WHERE key = 'epoch'; INSERT INTO meta VALUES ('adopt', '1'), ('txid', '7000000')`,
  )
  const migrated = await openPostgresStore(url)
  expect(migrated.epoch).toBe('brought')
  const { txid } = await migrated.conversations.changes({ ...whole, number: pair.one, after: -1 })
  expect(txid).toBeGreaterThanOrEqual(7_000_000)
  await say(migrated, pair, 4, 4)
  const answer = await migrated.conversations.changes({ ...whole, number: pair.one, after: txid })
  expect(answer.conversations).toMatchObject([{ last_seq: 4 }])
  await migrated.close()
  expect(await cluster().query(url, `SELECT count(*) FROM meta WHERE key IN ('adopt', 'txid')`)).toBe('0\n')
  const moved = await cluster().createDatabase()
  await cluster().copy(url, moved)
  const elsewhere = await openPostgresStore(moved)
  expect(elsewhere.epoch).not.toBe('brought')
  await elsewhere.close()
})

const problemOf = (url: string) => openPostgresStore(url).then(() => 'opened', String)

test('a database of a newer version is refused, and left as it is', async () => {
  const { url, store } = await makeHistory()
  await store.close()
  await cluster().query(url, `UPDATE meta SET value = '1000' WHERE key = 'schema'`)
  expect(await problemOf(url)).toContain('newer Rookery (schema 1000')
  expect(await cluster().query(url, `SELECT value FROM meta WHERE key = 'schema'`)).toBe('1000\n')
})

test('the owner of the database need be no superuser', async () => {
  const template = await cluster().createDatabase()
  await cluster().query(template, 'CREATE ROLE owner LOGIN')
  const url = (await cluster().createDatabase('OWNER owner')).replace('rookery@', 'owner@')
  const store = await openPostgresStore(url)
  await say(store, await makePair(store), 1, 1)
  await store.close()
})

test('what is wrong with an address is said in one line, without the password', async () => {
  const at = (rest: string) => `postgres://rookery:secret@127.0.0.1:${cluster().port}${rest}`
  const latin = await cluster().createDatabase(`ENCODING 'LATIN1' TEMPLATE template0`)
  await cluster().query(latin, 'CREATE ROLE visitor LOGIN')
  const guest = (await cluster().createDatabase()).replace('rookery@', 'visitor@')
  const problems = [
    [at('/nowhere'), 'has no database nowhere. Make it with createdb'],
    [at('/postgres').replace('rookery:', 'nobody:'), 'does not admit nobody'],
    [at('/postgres').replace(`:${cluster().port}`, ':1'), 'no PostgreSQL answers at 127.0.0.1:1 '],
    ['postgres://rookery:secret@no.such.host.invalid/x', 'no PostgreSQL answers at no.such.host.invalid:5432 '],
    [latin, 'must be in UTF8'],
    [guest, 'visitor may not make tables'],
  ] as const
  for (const [url, expected] of problems) {
    const problem = await problemOf(url)
    expect(problem).toContain(expected)
    expect(problem).not.toContain('\n')
    expect(problem).not.toContain('secret')
  }
})
