/** The run of messages that is loaded: consecutive, up to the newest. Holes lie below it, never in it. */
import type { MessageRow } from '@rookery/protocol'
import type { Conversation } from './state.ts'

type Run = Pick<Conversation, 'messages' | 'last_seq'>

/** The seq of the oldest message loaded; one past the newest where none is. */
export function firstSeq({ messages, last_seq }: Run): number {
  return messages[0]?.seq ?? last_seq + 1
}

/**
 * Puts rows in their places: of two with one seq the later rev stays. What then does not reach up to `last_seq` without
 * a hole is let go (the cache has it). The same array where nothing changes.
 */
export function mergeRows({ messages, last_seq }: Run, rows: readonly MessageRow[]): readonly MessageRow[] {
  const [row] = rows
  const newest = messages.at(-1)?.seq ?? last_seq - 1
  // By far the most frequent: one more at the end.
  if (rows.length === 1 && row?.seq === last_seq && newest === last_seq - 1) return [...messages, row]
  const bySeq = new Map(messages.map((held) => [held.seq, held]))
  let changes = last_seq !== newest
  for (const fresh of rows) {
    if (fresh.rev <= (bySeq.get(fresh.seq)?.rev ?? 0)) continue
    bySeq.set(fresh.seq, fresh)
    changes = true
  }
  if (!changes) return messages
  const run: MessageRow[] = []
  for (let held = bySeq.get(last_seq); held; held = bySeq.get(held.seq - 1)) run.push(held)
  return run.reverse()
}
