/**
 * Which history this is. A copy of the database put back in its place knows less than devices do, and would go on to
 * give the same numbers to other messages: then the history gets another name, and devices start over.
 *
 * A file beside the database says how far the history had come: one that is behind it was restored.
 */
import type { Database } from 'bun:sqlite'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTxid } from './transactions.ts'

/** Milliseconds between two marks: a copy as young as that may pass for what it replaced. */
const markEvery = 5_000

interface Mark {
  readonly epoch: string
  readonly txid: number
}

/** The name of the history: a new one if the database is not where its folder has already been. */
export function openHistory(db: Database, folder: string): string {
  const epoch = readEpoch(db)
  const txid = readTxid(db)()
  const mark = readMark(folder)
  const isContinued = mark === null ? txid === 0 : mark.epoch === epoch && mark.txid <= txid
  return epoch !== null && isContinued ? epoch : renewEpoch(db)
}

export function readEpoch(db: Database): string | null {
  return db.query<{ value: string }, []>(`SELECT value FROM meta WHERE key = 'epoch'`).get()?.value ?? null
}

function renewEpoch(db: Database): string {
  const epoch = crypto.randomUUID()
  db.query(
    `INSERT INTO meta (key, value) VALUES ('epoch', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(epoch)
  return epoch
}

/** Keeps the mark up with the database. Returns the way to stop, which marks once more. */
export function markHistory(db: Database, folder: string, epoch: string): () => void {
  const lastTxid = readTxid(db)
  let marked = -1
  function mark(): void {
    const txid = lastTxid()
    if (txid === marked) return
    marked = txid
    writeMark(folder, { epoch, txid })
  }
  mark()
  const timer = setInterval(mark, markEvery)
  return () => {
    clearInterval(timer)
    mark()
  }
}

const markFile = (folder: string) => join(folder, 'history.json')

/** Null where there is none that can be read. */
function readMark(folder: string): Mark | null {
  try {
    return JSON.parse(readFileSync(markFile(folder), 'utf8')) as Mark
  } catch {
    return null
  }
}

/** A full disk must not stop the server for it: then the mark stays behind, which is safe. */
export function writeMark(folder: string, mark: Mark): void {
  try {
    const draft = `${markFile(folder)}.${process.pid}`
    writeFileSync(draft, JSON.stringify(mark), { mode: 0o600 })
    renameSync(draft, markFile(folder))
  } catch {
    // Tried again with the next one.
  }
}
