/** When the write-ahead log is copied into the database: while nobody waits for an answer, if that can be had. */
import type { Database } from 'bun:sqlite'

/** Pages in the log, each of 4 KB: from here on it is copied when there is nothing to write, */
const idlePages = 1_000

/** and from here on in any case. A page that is written again and again is then copied once. */
const mostPages = 8_000

export interface Checkpoints {
  /** After each batch, once its results are sent. */
  afterBatch(): void
  /** There is nothing to write. */
  whenIdle(): void
}

export function createCheckpoints(db: Database): Checkpoints {
  db.run('PRAGMA wal_autocheckpoint = 0')
  const look = db.query<{ log: number; checkpointed: number }, []>('PRAGMA wal_checkpoint(NOOP)')
  const copy = db.query('PRAGMA wal_checkpoint(PASSIVE)')

  function copyFrom(pages: number): void {
    const { log = 0, checkpointed = 0 } = look.get() ?? {}
    if (log - checkpointed >= pages) copy.get()
  }

  return { afterBatch: () => copyFrom(mostPages), whenIdle: () => copyFrom(idlePages) }
}
