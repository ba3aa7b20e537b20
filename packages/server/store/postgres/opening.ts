/** The first connection: brings the schema up to date, or says in one line why it cannot. */
import { SQL } from 'bun'
import { createConnection } from './connection.ts'
import { prepareSchema } from './schema.ts'

/** Migrations take as long as they take. */
const patience = 24 * 3_600_000

/** How long a server that is just starting is waited for, in milliseconds. */
const startingTime = 10_000

/** Answers the name of the history. */
export async function prepare(url: string): Promise<string> {
  const began = performance.now()
  for (;;) {
    try {
      return await prepareOnce(url)
    } catch (error) {
      const isStarting = (error as { errno?: unknown }).errno === '57P03'
      if (!isStarting || performance.now() - began > startingTime)
        throw new Error(explain(error, url), { cause: error })
      await Bun.sleep(200)
    }
  }
}

async function prepareOnce(url: string): Promise<string> {
  const sql = new SQL(url, { max: 1, adapter: 'postgres', connectionTimeout: 10 })
  try {
    const reserved = await sql.reserve()
    return await prepareSchema(createConnection(reserved, patience)).finally(() => reserved.release())
  } finally {
    await sql.close({ timeout: 1 })
  }
}

/** Never the URL itself: it has the password. */
function explain(error: unknown, url: string): string {
  const { hostname, port, username, pathname } = new URL(url)
  const server = `${hostname || 'localhost'}:${port || 5432}`
  const { code, errno, message } = error as { code?: string; errno?: string; message: string }
  if (/^ERR_POSTGRES_(CONNECTION|TLS)/.test(code ?? ''))
    return `no PostgreSQL answers at ${server} (${message}). Start it, or correct DATABASE_URL.`
  const hint = hints[errno ?? '']
  return hint === undefined ? message : `${hint(server, username || 'the user', pathname.slice(1))} (${message})`
}

/** By SQLSTATE: what to do about it. */
const hints: Record<string, (server: string, user: string, database: string) => string> = {
  '28P01': (server, user) =>
    `PostgreSQL at ${server} does not admit ${user}. Correct user and password in DATABASE_URL.`,
  '28000': (server, user) =>
    `PostgreSQL at ${server} does not admit ${user}. Correct user and password in DATABASE_URL.`,
  '3D000': (server, _, database) =>
    `PostgreSQL at ${server} has no database ${database}. Make it with createdb, or correct DATABASE_URL.`,
  '42501': (_, user, database) => `${user} may not make tables in ${database}. Make ${user} the owner of the database.`,
  '25006': (server) => `PostgreSQL at ${server} takes no writes. Name the primary in DATABASE_URL.`,
}
