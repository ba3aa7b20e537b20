/** Writes messages straight into a data folder's tables, with group commit: what SQLite alone can do here. */
import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import type { Job, Results } from './jobs.ts'

const body = JSON.stringify({ kind: 'text', text: '.'.repeat(100) })

export function insertMessages(job: Extract<Job, { kind: 'inserts' }>): Results['inserts'] {
  const db = new Database(join(job.folder, 'rookery.db'), { strict: true })
  db.run('PRAGMA journal_mode = WAL')
  db.run('PRAGMA synchronous = FULL')
  db.run('PRAGMA cache_size = -65536')
  const insert = db.query(
    'INSERT INTO messages (conversation, seq, rev, id, sender, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)',
  )
  const advance = db.query('UPDATE conversations SET last_seq = $1, rev = $2 WHERE conversation = $3')
  const commit = db.transaction((from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const pair = job.pairs[index % job.pairs.length]
      if (!pair) throw new Error('There are no pairs.')
      const seq = Math.floor(index / job.pairs.length) + 1
      insert.run(pair.conversation, seq, seq, makeId(seq), pair.number, Date.now(), body)
      advance.run(seq, seq, pair.conversation)
    }
  })
  const [began, used] = [performance.now(), process.cpuUsage()]
  for (let from = 0; from < job.count; from += job.batch) commit(from, Math.min(job.count, from + job.batch))
  const milliseconds = performance.now() - began
  const { user, system } = process.cpuUsage(used)
  db.close()
  return { rate: (job.count / milliseconds) * 1000, cost: (user + system) / job.count }
}

function makeId(seq: number): Uint8Array {
  const id = Buffer.alloc(16)
  id.writeUInt32BE(seq, 12)
  return id
}
