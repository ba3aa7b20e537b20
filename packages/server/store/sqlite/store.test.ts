/** The store on SQLite keeps what core/ports.ts promises, and guards its file. */
import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeStoreContract } from '../contract.ts'
import { describeFromBefore } from '../contract/from-before.ts'
import { openForWriting } from './database.ts'
import { openSqliteStore } from './store.ts'

const makeFolder = () => mkdtempSync(join(tmpdir(), 'rookery-store-'))

function onFatal(reason: string): never {
  throw new Error(reason)
}

describeStoreContract('sqlite', async () => {
  const folder = makeFolder()
  const store = await openSqliteStore(folder, onFatal)
  return {
    store,
    async reopen() {
      await store.close()
      return openSqliteStore(folder, onFatal)
    },
  }
})

describeFromBefore(async () => {
  const folder = makeFolder()
  const store = await openSqliteStore(folder, onFatal)
  const db = new Database(join(folder, 'rookery.db'))
  return {
    store,
    run: async (sql) => db.run(sql),
    async close() {
      db.close()
      await store.close()
    },
  }
})

test('the data folder is for its owner only', async () => {
  const folder = join(makeFolder(), 'data')
  const store = await openSqliteStore(folder, onFatal)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  await store.close()
})

test('[D1] a commit waits for the disk', () => {
  const db = openForWriting(join(makeFolder(), 'rookery.db'))
  expect(db.query('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  expect(db.query('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
  db.close()
})

test('a database of a newer version is refused, and left as it is', async () => {
  const folder = makeFolder()
  const db = new Database(join(folder, 'rookery.db'), { create: true })
  db.run('PRAGMA user_version = 1000')
  db.close()
  const refusal = await openSqliteStore(folder, onFatal).then(() => 'opened', String)
  expect(refusal).toContain('newer Rookery (schema 1000')
  const again = new Database(join(folder, 'rookery.db'), { readonly: true })
  expect(again.query('SELECT name FROM sqlite_schema').all()).toEqual([])
  again.close()
})

test('what was begun before closing is committed; what comes after is rejected', async () => {
  const folder = makeFolder()
  const store = await openSqliteStore(folder, onFatal)
  const hash = new Uint8Array(32)
  const ticket = { hash, kind: 'invite', number: null, expires_at: 10 } as const
  const begun = store.accounts.createTicket(ticket)
  const closed = store.close()
  expect(await store.accounts.createTicket(ticket).then(() => 'written', String)).toContain('closed')
  expect((await begun).ok).toBe(true)
  await closed
  const again = await openSqliteStore(folder, onFatal)
  expect(await again.accounts.findTicket(hash, 0)).toMatchObject({ kind: 'invite' })
  await again.close()
})

test('a command that throws takes no other of its batch down', async () => {
  const store = await openSqliteStore(makeFolder(), onFatal)
  const hash = new Uint8Array(32)
  const ticket = { kind: 'invite', number: null, expires_at: 10 } as const
  const answers = await Promise.allSettled([
    store.accounts.createTicket({ ...ticket, hash }),
    store.accounts.createTicket({ ...ticket, hash }),
    store.accounts.createTicket({ ...ticket, hash: new Uint8Array(31) }),
  ])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await store.accounts.findTicket(hash, 0)).not.toBeNull()
  await store.close()
})
