/** Moves an installation from a SQLite folder to PostgreSQL, or back: copies, verifies, and lets the copy go on. */
import type { Body } from '@rookery/protocol'
import { contentOf } from './core/content.ts'
import type { Searchable } from './core/search-ports.ts'
import { compareTables, copyTables, type TableReport } from './store/copy/copy.ts'
import type { History, Source, Target } from './store/copy/end.ts'

export interface MigrateOptions {
  /** A folder, or a `postgres://` address. */
  readonly from: string
  readonly to: string
  /** Takes the place of what the target has, also where that is another history or went on by itself. */
  readonly replace: boolean
  readonly onTable: (report: TableReport) => void
}

export type MigrateResult =
  | { readonly ok: true; readonly from: string; readonly to: string; readonly tables: readonly TableReport[] }
  | { readonly ok: false; readonly problem: string }

/**
 * Can be done again: then only what has changed since is copied. The source may be in use, and is left as it is.
 * @throws where either side cannot be had.
 */
export async function migrate({ from, to, replace, onTable }: MigrateOptions): Promise<MigrateResult> {
  // Loaded only here: nothing else needs them.
  const { openPostgresSource, openPostgresTarget } = await import('./store/copy/postgres-end.ts')
  const { openSqliteSource, openSqliteTarget } = await import('./store/copy/sqlite-end.ts')
  const source = await named(from, () => (isPostgres(from) ? openPostgresSource(from) : openSqliteSource(from)))
  try {
    const target = await named(to, () =>
      isPostgres(to) ? openPostgresTarget(to, searchableOf) : openSqliteTarget(to, searchableOf),
    )
    try {
      return await copy(source, target, replace, onTable)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function copy(
  source: Source,
  target: Target,
  replace: boolean,
  onTable: (report: TableReport) => void,
): Promise<MigrateResult> {
  const history = await source.history()
  if (!history) return { ok: false, problem: `${source.name} is empty: there is nothing to copy` }
  const conflict = replace ? null : await findConflict(history, target)
  if (conflict) return { ok: false, problem: `${conflict}; --replace overwrites it` }
  const tables = await copyTables(source, target, onTable)
  await target.adopt(history)
  const wrong = (await compareTables(source, target)).filter(({ written, removed }) => written + removed > 0)
  if (wrong.length > 0) {
    const list = wrong.map(({ table, written, removed }) => `${table} (${written + removed})`)
    return { ok: false, problem: `the copy differs in ${list.join(', ')}` }
  }
  return { ok: true, from: source.name, to: target.name, tables }
}

/** An empty target, or an earlier copy that nobody has gone on with, may be written to. */
async function findConflict({ epoch, reached }: History, target: Target): Promise<string | null> {
  const there = await target.history()
  const isEmpty = (await target.read(accounts, null, null, 1)).length === 0
  if (!there || isEmpty) return null
  if (there.epoch !== epoch) return `${target.name} holds another installation`
  const isAhead = there.reached.txid > reached.txid || there.reached.revs > reached.revs
  return isAhead ? `${target.name} has gone on since it was copied` : null
}

const accounts = { name: 'accounts', columns: [['number', 'integer']], key: 1, chunk: 1 } as const

function searchableOf(body: string): Searchable | null {
  return contentOf(JSON.parse(body) as Body).searchable
}

function isPostgres(place: string): boolean {
  return /^postgres(ql)?:\/\//.test(place)
}

/** Never with the password that an address may have. */
async function named<Value>(place: string, open: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await open()
  } catch (error) {
    const name = isPostgres(place) ? 'the database' : place
    throw new Error(`Cannot open ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
