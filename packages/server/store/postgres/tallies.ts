/** Counts that all nodes share, for a while: a crash empties the table, and no change waits for the disk. */
import { ok, refuse } from '@rookery/protocol'
import { StoreUnavailable, type Tally, type TallyStore } from '../../core/ports.ts'
import { inTransaction, type Connection } from './connection.ts'
import type { Database } from './database.ts'
import { faultOf } from './faults.ts'

/** Keys are locked in one order, whatever order they come in; a key that is not there yet can be locked too. */
const lock = `SELECT pg_advisory_xact_lock(lock) FROM
  (SELECT DISTINCT hashtextextended(key, 0) AS lock FROM unnest($1::text[]) AS key ORDER BY lock) AS locks`

const read = 'SELECT key, failures, until, expires FROM tallies WHERE key = ANY($1::text[]) AND expires > $2'

const put = `INSERT INTO tallies (key, failures, until, expires) VALUES ($1, $2, $3, $4)
  ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, until = excluded.until, expires = excluded.expires`

type Decide<Value> = (tallies: readonly (Tally | null)[]) => {
  value: Value
  tallies: readonly (Tally | null)[]
}

/** Milliseconds between two looks for what has expired. */
const sweepEvery = 600_000

export function createTallies(database: Database): TallyStore {
  let sweptAt = 0

  async function sweep(connection: Connection, now: number): Promise<void> {
    if (now - sweptAt < sweepEvery) return
    sweptAt = now
    await connection.run('DELETE FROM tallies WHERE expires <= $1', [now])
  }

  return {
    async change(keys, now, decide) {
      try {
        return ok(await database.write((connection) => changeOnce(connection, keys, now, decide)))
      } catch (error) {
        if (error instanceof StoreUnavailable || faultOf(error) === 'full') return refuse('unavailable', 1_000)
        throw error
      }
    },
  }

  async function changeOnce<Value>(
    connection: Connection,
    keys: readonly string[],
    now: number,
    decide: Decide<Value>,
  ) {
    await sweep(connection, now)
    return inTransaction(connection, async () => {
      const [, rows] = await Promise.all([
        connection.query(lock, [keys]),
        connection.query<Tally & { key: string }>(read, [keys, now]),
      ])
      const kept = new Map(rows.map(({ key, ...tally }) => [key, tally]))
      const { value, tallies } = decide(keys.map((key) => kept.get(key) ?? null))
      await Promise.all(keys.map((key, index) => keep(connection, key, tallies[index] ?? null)))
      return value
    })
  }
}

function keep(connection: Connection, key: string, tally: Tally | null): Promise<number> {
  if (!tally) return connection.run('DELETE FROM tallies WHERE key = $1', [key])
  return connection.run(put, [key, tally.failures, tally.until, tally.expires])
}
