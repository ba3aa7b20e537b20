/** The one writer: a Worker that commits each batch of commands in one transaction (group commit). */
import type { Database } from 'bun:sqlite'
import { dirname } from 'node:path'
import { refuse } from '@rookery/protocol'
import { createCheckpoints, type Checkpoints } from './checkpoints.ts'
import { createCommands, type Command, type Commands, type WriterMessage, type WriterRequest } from './commands.ts'
import { openForWriting } from './database.ts'
import { openHistory } from './history.ts'
import { pack, unpack } from './packing.ts'
import { createTransactions, type Transactions } from './transactions.ts'

declare const self: Worker

let db: Database
let transactions: Transactions
let commands: Commands
let checkpoints: Checkpoints

self.onmessage = ({ data }: MessageEvent<WriterRequest>) => {
  try {
    serve(data)
  } catch (error) {
    reply({ kind: 'fatal', reason: String(error) })
  }
}

function reply(message: WriterMessage): void {
  self.postMessage(message)
}

function serve(request: WriterRequest): void {
  switch (request.kind) {
    case 'open':
      db = openForWriting(request.file)
      transactions = createTransactions(db)
      commands = createCommands(db, transactions)
      checkpoints = createCheckpoints(db)
      return reply({ kind: 'ready', epoch: openHistory(db, dirname(request.file)) })
    case 'batch':
      reply({
        kind: 'results',
        results: pack(commitBatch(unpack(request.commands)), typeof request.commands === 'string'),
      })
      return attempt(checkpoints.afterBatch)
    case 'idle':
      return attempt(checkpoints.whenIdle)
    case 'close':
      db.close()
      return reply({ kind: 'closed' })
  }
}

/** Nobody waits for a checkpoint: only what nothing can be written after is told. */
function attempt(checkpoint: () => void): void {
  try {
    checkpoint()
  } catch (error) {
    explainFailure(error)
  }
}

/** All in one transaction; if one of them throws, each in its own, so that it takes no other down with it. */
function commitBatch(batch: readonly Command[]): unknown[] {
  try {
    return commit(batch)
  } catch (error) {
    // Before anything is tried again: after a failed fsync the second try would only seem to succeed.
    const failure = explainFailure(error)
    if (batch.length === 1) return [failure]
    return batch.map((command) => {
      try {
        return commit([command])[0]
      } catch (alone) {
        return explainFailure(alone)
      }
    })
  }
}

function commit(batch: readonly Command[]): unknown[] {
  db.run('BEGIN IMMEDIATE')
  transactions.begin()
  try {
    const results = batch.map(({ name, input }) => commands[name](input as never))
    db.run('COMMIT')
    return results
  } catch (error) {
    if (db.inTransaction) db.run('ROLLBACK')
    throw error
  }
}

/**
 * A full disk is a refusal: reads go on, and writes when there is space again. After any other failure of the disk
 * nobody knows what it holds (a failed fsync may have dropped the pages), so the writer gives up and the process ends.
 */
function explainFailure(error: unknown): unknown {
  const code = String((error as { code?: unknown }).code)
  if (code.startsWith('SQLITE_FULL')) return refuse('storage_full')
  // A command beside the server holds the file, for longer than the time-out.
  if (code.startsWith('SQLITE_BUSY')) return refuse('unavailable', 1_000)
  if (/^SQLITE_(IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN)/.test(code)) throw error
  return { bug: String(error) }
}
