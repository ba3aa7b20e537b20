/** Reading back: a page of 50 from anywhere in ten million messages. */
import { Database } from 'bun:sqlite'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { figure, type Measurement, type Sample, type Site } from './figures.ts'
import type { PairLane } from './load/jobs.ts'
import { runLoad } from './load.ts'
import { startRookery } from './server.ts'

const messages = 10_000_000
const quickMessages = 1_000_000
const pages = 2_000
/** Messages that somebody says before the next conversation has its turn, and turns in a transaction. */
const turn = 50
const turns = 2_000

interface History {
  readonly folder: string
  readonly lanes: readonly PairLane[]
  /** The last seq of each conversation. */
  readonly last: number
}

/** Straight into the tables, all conversations growing by turns. What they are found by is left out. */
function fill(folder: string, lanes: readonly PairLane[], last: number): void {
  const db = new Database(join(folder, 'rookery.db'), { strict: true })
  db.run('PRAGMA synchronous = OFF')
  db.run('PRAGMA cache_size = -262144')
  const insert = db.query(
    `WITH RECURSIVE n (seq) AS (SELECT $1 UNION ALL SELECT seq + 1 FROM n WHERE seq < $2)
     INSERT INTO messages (conversation, seq, rev, id, sender, at, body)
     SELECT $3, seq, seq, CAST(printf('%016d', seq) AS BLOB), $4, $5 + seq, $6 FROM n`,
  )
  const body = JSON.stringify({ kind: 'text', text: '.'.repeat(100) })
  const began = Date.now() - last
  const all = (last / turn) * lanes.length
  for (let next = 0; next < all; next += 1) {
    if (next % turns === 0) db.run(next === 0 ? 'BEGIN' : 'COMMIT; BEGIN')
    const lane = lanes[next % lanes.length]
    const first = Math.floor(next / lanes.length) * turn + 1
    if (lane) insert.run(first, first + turn - 1, lane.conversation, lane.number, began, body)
  }
  db.run(`UPDATE conversations SET last_seq = ${last}, rev = ${last}`)
  db.run('COMMIT')
  db.run('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
}

let made: Promise<History> | null = null

/** Made when first needed, for all rounds: reading changes nothing. */
function makeHistory(site: Site): Promise<History> {
  made ??= (async () => {
    const { pairs, copy } = await site.world()
    const last = (site.isQuick ? quickMessages : messages) / pairs.length
    const { path } = copy()
    fill(path, pairs, last)
    return { folder: path, lanes: pairs, last }
  })()
  return made
}

/** Takes a file out of the system's memory, as far as it can be told to: GNU dd can. */
function forgetFile(file: string): void {
  Bun.spawnSync(['dd', `of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none'])
}

async function measurePages(site: Site): Promise<readonly Sample[]> {
  const { folder, lanes, last } = await makeHistory(site)
  const file = join(folder, 'rookery.db')
  const server = await startRookery(folder)
  const job = { kind: 'pages', port: server.port, lanes, last, count: pages } as const
  await runLoad({ ...job, count: 500 })
  forgetFile(file)
  const cold = await runLoad(job)
  // What is left to be read is soon in memory, all of it.
  for await (const _ of Bun.file(file).stream());
  const warm = await runLoad(job)
  await server.stop()
  const details = { messages: last * lanes.length, bytes: statSync(file).size }
  return [
    { value: cold.p50, details },
    { value: cold.p99, details },
    { value: warm.p50, details },
    { value: warm.p99, details },
  ]
}

export const historyMeasurements: readonly Measurement[] = [
  {
    figures: [
      figure('history.page', 'ms', 'less'),
      figure('history.page.p99', 'ms', 'less'),
      figure('history.page.warm', 'ms', 'less'),
      figure('history.page.warm.p99', 'ms', 'less'),
    ],
    measure: measurePages,
  },
]
