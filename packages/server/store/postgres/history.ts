/**
 * Which history this is, and how its transactions are numbered.
 *
 * Where the database lies (cluster, time line, database) is written beside the history's name. A copy put anywhere else
 * lies elsewhere: a restored dump, a recovery to a point in time, a standby that took over. It may know less than
 * devices do, so its history gets another name, and devices start over.
 */
import type { Connection } from './connection.ts'

/** Null on a standby, which takes no writes. */
const findPlace = `SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE
    (SELECT system_identifier FROM pg_control_system()) || ' ' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
    || ' ' || (SELECT oid FROM pg_database WHERE datname = current_database()) END AS location`

/**
 * The transaction under way. Another cluster counts its transactions from another number: `txid_offset` goes on from
 * where the numbers in the rows have come to.
 */
const offset = `(SELECT CAST(value AS bigint) FROM meta WHERE key = 'txid_offset')`
export const currentTxid = `(CAST(CAST(pg_current_xact_id() AS text) AS bigint) + ${offset})`

/**
 * The last transaction of which this snapshot sees the end, and of all before it: the oldest one still running, less
 * one. Later ones may have committed already; what they changed comes twice, and never not at all.
 */
export const seenTxid = `(CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint) - 1 + ${offset})`

/**
 * The history's name, under the schema's lock: a new one where the database lies elsewhere than it
 * did. A database filled by `rookery migrate` (`adopt`) keeps the name it brings.
 */
export async function settleHistory(connection: Connection): Promise<string> {
  const [here] = await connection.query<{ location: string | null }>(findPlace)
  if (!here?.location) throw new StandbyError()
  const meta = await readMeta(connection)
  const epoch = meta.get('epoch')
  const isAtHome = meta.get('place') === here.location && meta.get('adopt') !== '1'
  if (epoch !== undefined && isAtHome) return epoch
  return moveIn(connection, here.location, meta)
}

/** A server that follows another one: as good as none. The code is PostgreSQL's own for it. */
class StandbyError extends Error {
  readonly errno = '25006'
  constructor() {
    super('it is a standby, which takes no writes')
  }
}

async function readMeta(connection: Connection): Promise<Map<string, string>> {
  const rows = await connection.query<{ key: string; value: string }>('SELECT key, value FROM meta')
  return new Map(rows.map(({ key, value }) => [key, value]))
}

async function moveIn(connection: Connection, place: string, meta: Map<string, string>): Promise<string> {
  // Whoever writes waits, and reads the new offset then.
  await connection.run('LOCK TABLE conversations IN EXCLUSIVE MODE')
  const [last] = await connection.query<{ txid: number; xid: number }>(
    `SELECT coalesce(max(txid), 0) AS txid, CAST(pg_current_xact_id() AS text) AS xid FROM conversations`,
  )
  if (!last) throw new Error('A query for one row returned none.')
  const reached = Math.max(last.txid, Number(meta.get('txid') ?? 0))
  const next = Math.max(Number(meta.get('txid_offset') ?? 0), reached - last.xid)
  const brought = meta.get('adopt') === '1' ? meta.get('epoch') : undefined
  const epoch = brought ?? crypto.randomUUID()
  const settled = { epoch, place, txid_offset: String(next) }
  for (const [key, value] of Object.entries(settled))
    await connection.run(
      'INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      [key, value],
    )
  await connection.run(`DELETE FROM meta WHERE key IN ('adopt', 'txid')`)
  return epoch
}
