/** One side of a copy. Two implementations: a SQLite folder, a PostgreSQL database. */
import type { Searchable } from '../../core/search-ports.ts'
import type { Row, Table } from './tables.ts'

/** Which history a store holds, how far it has come, and which number is given next. */
export interface History {
  readonly epoch: string
  readonly txid: number
  readonly next_number: string | null
  /** Both grow with what is stored: the last transaction that a conversation knows of, and all people's revs added up. */
  readonly reached: { readonly txid: number; readonly revs: number }
}

/** One row, with the same columns in both stores. */
export const reachedQuery = `SELECT (SELECT coalesce(max(txid), 0) FROM conversations) AS txid,
  (SELECT coalesce(sum(rev), 0) FROM accounts) AS revs`

/** Reads are of one moment, however long they take and whatever is written meanwhile. */
export interface Source {
  /** As people know it; no password in it. */
  readonly name: string
  /** Null where nothing was ever stored. */
  history(): Promise<History | null>
  /** Rows in the order of their keys: those after one key, up to another one where it is named; at most `limit`. */
  read(table: Table, after: Row | null, upTo: Row | null, limit: number): Promise<Row[]>
  close(): Promise<void>
}

/** Nobody else may use it meanwhile. Each call is one transaction. */
export interface Target extends Source {
  /**
   * Removes the rows of these keys, then puts rows, new ones or in the place of others; messages are found by what they
   * say then.
   */
  change(table: Table, removed: readonly Row[], put: readonly Row[]): Promise<void>
  /** From its next start on it goes on with this history, and devices do not notice. */
  adopt(history: History): Promise<void>
}

/** How a stored body is found; null for never. Core knows. */
export type SearchableOf = (body: string) => Searchable | null
