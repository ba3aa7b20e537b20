import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePair, say, type Pair } from '../contract/people.ts'
import { openSqliteStore } from './store.ts'

const makeFolder = () => mkdtempSync(join(tmpdir(), 'rookery-history-'))
const open = (folder: string) =>
  openSqliteStore(folder, (reason) => {
    throw new Error(reason)
  })

/** A folder that was written to, closed, and what its history was called. */
async function makeHistory(folder = makeFolder()): Promise<{ folder: string; epoch: string; pair: Pair }> {
  const store = await open(folder)
  const pair = await makePair(store)
  await say(store, pair, 1, 3)
  await store.close()
  return { folder, epoch: store.epoch, pair }
}

async function epochOf(folder: string): Promise<string> {
  const store = await open(folder)
  await store.close()
  return store.epoch
}

function backUp(folder: string): string {
  const copy = join(makeFolder(), 'copy.db')
  const db = new Database(join(folder, 'rookery.db'))
  db.run(`VACUUM INTO '${copy}'`)
  db.close()
  return copy
}

test('[D13] a history that goes on keeps its name', async () => {
  const { folder, epoch } = await makeHistory()
  expect(await epochOf(folder)).toBe(epoch)
  expect(await epochOf(folder)).toBe(epoch)
})

test('[D13] [Y18] an older copy put back over the database gets another name, and keeps that one', async () => {
  const { folder, epoch, pair } = await makeHistory()
  const copy = backUp(folder)
  const store = await open(folder)
  await say(store, pair, 4, 4)
  await store.close()
  for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `rookery.db${ending}`), { force: true })
  copyFileSync(copy, join(folder, 'rookery.db'))
  const renamed = await epochOf(folder)
  expect(renamed).not.toBe(epoch)
  expect(await epochOf(folder)).toBe(renamed)
})

test('[D13] [Y18] a copy that lacks nothing but how far somebody has read is an older one too', async () => {
  const { folder, epoch, pair } = await makeHistory()
  const copy = backUp(folder)
  const store = await open(folder)
  const { conversation, one } = pair
  const moved = await store.conversations.moveReadPointer({ number: one, conversation, seq: 2 })
  expect(moved).toMatchObject({ ok: true, value: { read_seq: 2 } })
  await store.close()
  for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `rookery.db${ending}`), { force: true })
  copyFileSync(copy, join(folder, 'rookery.db'))
  expect(await epochOf(folder)).not.toBe(epoch)
})

test('[D13] a copy that lacks nothing goes on under the same name', async () => {
  const { folder, epoch } = await makeHistory()
  const copy = backUp(folder)
  for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `rookery.db${ending}`), { force: true })
  copyFileSync(copy, join(folder, 'rookery.db'))
  expect(await epochOf(folder)).toBe(epoch)
})

test('[D13] [Y18] a database alone in another folder gets another name: nobody knows what came after it', async () => {
  const { folder, epoch } = await makeHistory()
  const other = makeFolder()
  copyFileSync(backUp(folder), join(other, 'rookery.db'))
  expect(await epochOf(other)).not.toBe(epoch)
})

test('a whole folder may move', async () => {
  const { folder, epoch } = await makeHistory()
  const other = join(makeFolder(), 'moved')
  cpSync(folder, other, { recursive: true })
  expect(await epochOf(other)).toBe(epoch)
})
