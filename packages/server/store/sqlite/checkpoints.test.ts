import { Database } from 'bun:sqlite'
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCheckpoints, type Checkpoints } from './checkpoints.ts'

let folder: string
let db: Database
let checkpoints: Checkpoints

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rookery-checkpoints-'))
  db = new Database(join(folder, 'test.db'))
  db.run('PRAGMA journal_mode = WAL')
  db.run('CREATE TABLE pages (bytes BLOB)')
  checkpoints = createCheckpoints(db)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

/** Each takes a page of the log for itself. */
function write(pages: number): void {
  const insert = db.query('INSERT INTO pages VALUES (zeroblob(3500))')
  db.transaction(() => {
    for (let count = 0; count < pages; count += 1) insert.run()
  })()
}

function waiting(): number {
  const { log, checkpointed } = db
    .query<{ log: number; checkpointed: number }, []>('PRAGMA wal_checkpoint(NOOP)')
    .get() ?? { log: 0, checkpointed: 0 }
  return log - checkpointed
}

test('while there is more to write, the log may grow', () => {
  write(5_000)
  checkpoints.afterBatch()
  expect(waiting()).toBeGreaterThan(5_000)
})

test('when there is nothing to write, it is copied', () => {
  write(900)
  checkpoints.whenIdle()
  expect(waiting()).toBeGreaterThan(900)
  write(200)
  checkpoints.whenIdle()
  expect(waiting()).toBe(0)
})

test('it does not grow for ever, however much there is to write', () => {
  write(9_000)
  checkpoints.afterBatch()
  expect(waiting()).toBe(0)
})
