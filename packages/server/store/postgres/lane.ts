/** Transactions one after the other, in the order of calls, each committed once whatever becomes of the connection. */
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { faultOf } from './faults.ts'

export interface Lane {
  /**
   * @param work may be run again from its beginning until it is committed. What wrote nothing is rolled back.
   * @throws StoreUnavailable; then nobody knows whether it was committed, if its commit had begun.
   */
  commit<Value>(work: (connection: Connection) => Promise<Work<Value>>): Promise<Value>
  /** Waits for what was begun, and takes the lane out of the database. */
  close(): Promise<void>
}

export interface Work<Value> {
  readonly value: Value
  readonly wrote: boolean
}

/**
 * A commit whose answer was lost may have been made or not, and the server cannot be asked by the transaction's number:
 * after a crash another one may have it. So each transaction leaves its place in the lane, in a row that is locked until
 * its end: whoever reads that row with a lock learns the truth.
 */
export async function openLane(database: Database): Promise<Lane> {
  const lane = crypto.randomUUID()
  let place = 0
  let last: Promise<unknown> = Promise.resolve()
  await database.write(async (connection) => {
    await connection.run(forgetCrashed)
    await leaveMark(connection, lane, 0)
  })

  async function commitNext<Value>(work: (connection: Connection) => Promise<Work<Value>>): Promise<Value> {
    place += 1
    const own = place
    let unanswered: { readonly value: Value } | null = null
    return database.write(async (connection) => {
      if (unanswered) {
        if ((await readMark(connection, lane)) >= own) return unanswered.value
        unanswered = null
      }
      await connection.run('BEGIN')
      try {
        const { value, wrote } = await work(connection)
        if (!wrote) {
          await connection.run('ROLLBACK')
          return value
        }
        await leaveMark(connection, lane, own)
        unanswered = { value }
        await connection.run('COMMIT')
        return value
      } catch (error) {
        if (faultOf(error) !== 'away') unanswered = null
        // Where the connection is gone, so is the transaction.
        await connection.run('ROLLBACK').catch(() => null)
        throw error
      }
    })
  }

  return {
    commit(work) {
      const committed = last.then(() => commitNext(work))
      last = committed.catch(() => null)
      return committed
    },
    async close() {
      await last
      await database
        .write((connection) => connection.run('DELETE FROM lanes WHERE lane = $1', [lane]))
        .catch(() => null)
    },
  }
}

/** Of processes that were killed. A row of one that lives is never that old: it would have to be idle for as long. */
const forgetCrashed = `DELETE FROM lanes WHERE done_at < now() - interval '90 days'`

function leaveMark(connection: Connection, lane: string, place: number): Promise<number> {
  return connection.run(
    `INSERT INTO lanes (lane, done) VALUES ($1, $2) ON CONFLICT (lane) 
     DO UPDATE SET done = excluded.done, done_at = now()`,
    [lane, place],
  )
}

async function readMark(connection: Connection, lane: string): Promise<number> {
  const [row] = await connection.query<{ done: number }>('SELECT done FROM lanes WHERE lane = $1 FOR UPDATE', [lane])
  return row?.done ?? 0
}
