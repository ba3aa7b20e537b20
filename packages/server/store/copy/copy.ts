/** Makes one store's tables like another's: both are walked in the order of keys, and only what differs is written. */
import type { Source, Target } from './end.ts'
import { tables, type Row, type Table } from './tables.ts'

export interface TableReport {
  readonly table: string
  readonly rows: number
  readonly written: number
  readonly removed: number
}

/** @param onTable told after each table. */
export async function copyTables(
  source: Source,
  target: Target,
  onTable: (report: TableReport) => void,
): Promise<TableReport[]> {
  const reports: TableReport[] = []
  for (const table of tables) {
    const report = await walk(source, target, table, (removed, put) => target.change(table, removed, put))
    reports.push(report)
    onTable(report)
  }
  return reports
}

/** Reads both again, row by row: what differs is counted, and nothing is written. */
export async function compareTables(source: Source, target: Source): Promise<TableReport[]> {
  const reports: TableReport[] = []
  for (const table of tables) reports.push(await walk(source, target, table, async () => undefined))
  return reports
}

async function walk(
  source: Source,
  target: Source,
  table: Table,
  change: (removed: readonly Row[], put: readonly Row[]) => Promise<void>,
): Promise<TableReport> {
  const { chunk } = table
  const counts = { rows: 0, written: 0, removed: 0 }
  for (let after: Row | null = null; ;) {
    const wanted: Row[] = await source.read(table, after, null, chunk)
    const last: Row | null = wanted.length === chunk ? (wanted.at(-1) ?? null) : null
    const present = await readAll(target, table, after, last)
    const { removed, put } = findDifference(table, wanted, present)
    if (removed.length > 0 || put.length > 0) await change(removed, put)
    counts.rows += wanted.length
    counts.written += put.length
    counts.removed += removed.length
    if (last === null) return { table: table.name, ...counts }
    after = last
  }
}

/** Of a range however many there are: a target may hold more than belongs there. */
async function readAll(target: Source, table: Table, after: Row | null, upTo: Row | null): Promise<Row[]> {
  const found: Row[] = []
  for (let from = after; ;) {
    const rows = await target.read(table, from, upTo, table.chunk)
    found.push(...rows)
    if (rows.length < table.chunk) return found
    from = rows.at(-1) ?? null
  }
}

/** By key: what is there and should not be, and what is not there or otherwise. */
export function findDifference(
  { key }: Table,
  wanted: readonly Row[],
  present: readonly Row[],
): { readonly removed: Row[]; readonly put: readonly Row[] } {
  if (present.length === 0) return { removed: [], put: wanted }
  const keyOf = (row: Row) => JSON.stringify(row.slice(0, key))
  const left = new Map(present.map((row) => [keyOf(row), row]))
  const put: Row[] = []
  for (const row of wanted) {
    const id = keyOf(row)
    const found = left.get(id)
    if (!found || found.some((value, index) => value !== row[index])) put.push(row)
    left.delete(id)
  }
  return { removed: [...left.values()].map((row) => row.slice(0, key)), put }
}
