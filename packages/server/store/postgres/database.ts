/** The connections to PostgreSQL, and patience with it: what is asked while it is away waits for it, but not for ever. */
import { SQL } from 'bun'
import { StoreUnavailable } from '../../core/ports.ts'
import { createConnection, inTransaction, type Connection, type Parameter } from './connection.ts'
import { faultOf } from './faults.ts'

export interface Reads {
  /** One statement that only reads. Rejects with StoreUnavailable, as all of these do. */
  read<Row>(text: string, values?: readonly Parameter[]): Promise<Row[]>
  /** Reads of one snapshot. */
  readSnapshot<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>
}

export interface Database extends Reads {
  /** The same on connections of their own, for what may take long: nothing else waits for a search. */
  readonly searches: Reads
  /** Work that may be done again from its beginning until it succeeds. */
  write<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/**
 * Connections of one node. Reads that come together share a connection less often than they wait for the disk, so a few
 * are enough, and nine nodes fit PostgreSQL's own limit of 100.
 */
const pools = { reads: 5, searches: 2, writes: 3 }

const [firstPause, longestPause] = [50, 2_000]
const mostConflicts = 50

const beginSnapshot = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

const session = {
  application_name: 'rookery',
  // Acknowledged means on disk, whatever the server's own default is.
  synchronous_commit: 'on',
  statement_timeout: '8s',
  lock_timeout: '5s',
  idle_in_transaction_session_timeout: '10s',
  client_min_messages: 'warning',
  // Compiling takes longer than anything that is asked here, and so does starting workers.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
}

export interface DatabaseParts {
  readonly url: string
  /** Milliseconds that somebody waits while the database is away. */
  readonly patience: number
  /** Run on a connection after any was lost, before anything else: the server may be another one now. */
  readonly confirm: (connection: Connection) => Promise<void>
}

export function openDatabase({ url, patience, confirm }: DatabaseParts): Database {
  let isConfirmed = false
  let confirming: Promise<void> | null = null
  let isClosed = false
  /** Since when nothing was answered. */
  let awaySince: number | null = null

  const openPool = (max: number) =>
    new SQL(url, {
      max,
      adapter: 'postgres',
      connectionTimeout: 3,
      connection: session,
      onclose: () => {
        isConfirmed = false
      },
    })
  const reads = openPool(pools.reads)
  const searches = openPool(pools.searches)
  const writes = openPool(pools.writes)

  async function use<Result>(pool: SQL, work: (connection: Connection) => Promise<Result>): Promise<Result> {
    if (!isConfirmed) await confirmOnce()
    return borrow(pool, patience, work)
  }

  function confirmOnce(): Promise<void> {
    confirming ??= confirmAll().finally(() => {
      confirming = null
    })
    return confirming
  }

  /** A connection lost meanwhile counts again: it is marked before it is asked. */
  async function confirmAll(): Promise<void> {
    isConfirmed = true
    try {
      await borrow(writes, patience, confirm)
    } catch (error) {
      isConfirmed = false
      throw error
    }
  }

  async function persist<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const began = performance.now()
    let conflicts = 0
    for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 2)) {
      if (isClosed) throw new Error('The store is closed.')
      try {
        const result = await attempt()
        awaySince = null
        return result
      } catch (error) {
        switch (faultOf(error)) {
          case 'bug':
          case 'full':
            throw error
          case 'conflict':
            conflicts += 1
            if (conflicts > mostConflicts) throw error
            await Bun.sleep(Math.random() * conflicts)
            break
          case 'away': {
            awaySince ??= performance.now()
            // Whoever comes late to a long outage is told so at once.
            if (performance.now() + pause - Math.min(began, awaySince) > patience) throw new StoreUnavailable(error)
            await Bun.sleep(pause)
          }
        }
      }
    }
  }

  const readsOn = (pool: SQL): Reads => ({
    read: (text, values) => persist(() => use(pool, (connection) => connection.query(text, values))),
    readSnapshot: (work) =>
      persist(() => use(pool, (connection) => inTransaction(connection, () => work(connection), beginSnapshot))),
  })

  return {
    ...readsOn(reads),
    searches: readsOn(searches),
    write: (work) => persist(() => use(writes, work)),
    async close() {
      isClosed = true
      await Promise.all([reads, searches, writes].map((pool) => pool.close({ timeout: 1 })))
    },
  }
}

async function borrow<Result>(
  pool: SQL,
  patience: number,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const reserved = await pool.reserve()
  try {
    return await work(createConnection(reserved, patience))
  } finally {
    await reserved.release()
  }
}
