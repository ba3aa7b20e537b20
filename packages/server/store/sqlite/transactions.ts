/** Transactions have numbers, in the order of their commits: there is one writer at a time. */
import type { Database } from 'bun:sqlite'

export interface Transactions {
  /** Takes the number of the transaction under way: once, by the first command that changes a conversation or somebody's own rows. */
  current(): number
  /** A transaction begins. */
  begin(): void
}

export function createTransactions(db: Database): Transactions {
  const take = db.query<{ value: number }, []>(
    `UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'txid' RETURNING CAST(value AS INTEGER) AS value`,
  )
  let taken: number | null = null
  return {
    begin() {
      taken = null
    },
    current() {
      taken ??= take.get()?.value ?? 0
      return taken
    },
  }
}

/** The last transaction there was. */
export function readTxid(db: Database): () => number {
  const last = db.query<{ value: number }, []>(`SELECT CAST(value AS INTEGER) AS value FROM meta WHERE key = 'txid'`)
  return () => last.get()?.value ?? 0
}
