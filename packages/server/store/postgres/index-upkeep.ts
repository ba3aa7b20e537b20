/** Puts what waits in the search index's list in its place: a search reads the whole list, and a long one takes long. */
import type { Database } from './database.ts'

/** Messages that this node may have left in the list: reading them takes a search some milliseconds. */
const mostWaiting = 20_000

/** Answers what is to be told how many messages were written. It waits for nothing. */
export function createIndexUpkeep(database: Database): (written: number) => void {
  let waiting = 0
  let isUnderWay = false

  async function tidy(): Promise<void> {
    isUnderWay = true
    try {
      await database.write((connection) => connection.query(`SELECT gin_clean_pending_list('found_by_token')`))
    } catch {
      // The list goes on growing, and the next ones try again; past its limit PostgreSQL does it itself.
    } finally {
      isUnderWay = false
    }
  }

  return (written) => {
    waiting += written
    if (waiting < mostWaiting || isUnderWay) return
    waiting = 0
    void tidy()
  }
}
