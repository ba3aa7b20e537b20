/** Brings the schema up to date before anything else is done with the database. */
import { inTransaction, type Connection } from './connection.ts'
import { settleHistory } from './history.ts'
import house from './migrations/0001-house.sql' with { type: 'text' }
import allDay from './migrations/0002-all-day.sql' with { type: 'text' }
import security from './migrations/0003-security.sql' with { type: 'text' }
import messageIds from './migrations/0004-message-ids.sql' with { type: 'text' }
import sent from './migrations/0005-sent.sql' with { type: 'text' }

/** In order, for ever: what is released is never edited, only followed. */
const migrations: readonly string[] = [house, allDay, security, messageIds, sent]

const oldestServer = 15

/** Answers the name of the history. */
export async function prepareSchema(connection: Connection): Promise<string> {
  const [server] = await connection.query<{ version: string; encoding: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding`,
  )
  if (Number.parseInt(server?.version ?? '', 10) < oldestServer)
    throw new Error(`PostgreSQL ${oldestServer} or newer is needed; this is ${server?.version}.`)
  if (server?.encoding !== 'UTF8')
    throw new Error(
      `The database must be in UTF8; this one is in ${server?.encoding}. Make one with createdb -E UTF8 -T template0.`,
    )
  return inSchemaLock(connection, async () => {
    await migrate(connection)
    return settleHistory(connection)
  })
}

/** Several nodes that start at once do this one after the other. */
export function inSchemaLock<Value>(connection: Connection, work: () => Promise<Value>): Promise<Value> {
  return inTransaction(connection, async () => {
    await connection.query(`SELECT pg_advisory_xact_lock(hashtext('rookery schema'))`)
    return work()
  })
}

async function migrate(connection: Connection): Promise<void> {
  await connection.run('CREATE TABLE IF NOT EXISTS meta (key text PRIMARY KEY, value text NOT NULL)')
  const [row] = await connection.query<{ schema: number }>(`SELECT value AS schema FROM meta WHERE key = 'schema'`)
  const applied = row?.schema ?? 0
  if (applied > migrations.length)
    throw new Error(
      `The database was written by a newer Rookery (schema ${applied}, this one knows ${migrations.length}).`,
    )
  if (applied === migrations.length) return
  for (const sql of migrations.slice(applied)) await connection.run(sql)
  await connection.run(
    `INSERT INTO meta (key, value) VALUES ('schema', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [migrations.length],
  )
}
