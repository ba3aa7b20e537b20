/** What changes while rows that were asked for are on their way: an answer must not undo it. */
import type { MessageRow } from '@rookery/protocol'

export interface Overtaking {
  /** These rows came. Nothing else is known any more of the `stale` conversations, or of any. */
  note(rows: readonly MessageRow[], stale: readonly number[] | 'all'): void
  /** What `ask` brings of a conversation, as it is by then; null where it may be outdated, and nothing tells. */
  guard(conversation: number, ask: () => Promise<readonly MessageRow[]>): Promise<readonly MessageRow[] | null>
}

interface Watch {
  readonly conversation: number
  readonly came: Map<number, MessageRow>
  isStale: boolean
}

export function createOvertaking(): Overtaking {
  const watches = new Set<Watch>()

  return {
    note(rows, stale) {
      for (const watch of watches) {
        if (stale === 'all' || stale.includes(watch.conversation)) watch.isStale = true
        for (const row of rows)
          if (row.conversation === watch.conversation && row.rev > (watch.came.get(row.seq)?.rev ?? 0))
            watch.came.set(row.seq, row)
      }
    },
    async guard(conversation, ask) {
      const watch: Watch = { conversation, came: new Map(), isStale: false }
      watches.add(watch)
      try {
        const rows = await ask()
        if (watch.isStale) return null
        return rows.map((row) => {
          const other = watch.came.get(row.seq)
          return other && other.rev > row.rev ? other : row
        })
      } finally {
        watches.delete(watch)
      }
    },
  }
}
