/** The run of messages that is loaded: consecutive, up to the newest. Holes lie below it, never in it. */
import type { MessageRow } from '@rookery/protocol'
import { messageKey, type ClientState, type Conversation } from './state.ts'

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

/** Puts rows in the places of those that are there with an earlier rev. The same array where nothing changes. */
export function replaceRows(messages: readonly MessageRow[], rows: readonly MessageRow[]): readonly MessageRow[] {
  const first = messages[0]?.seq ?? 0
  const fresh = rows.filter(({ seq, rev }) => rev > (messages[seq - first]?.rev ?? Number.POSITIVE_INFINITY))
  if (fresh.length === 0) return messages
  const replaced = [...messages]
  for (const row of fresh) if (row.rev > (replaced[row.seq - first]?.rev ?? 0)) replaced[row.seq - first] = row
  return replaced
}

/** The row, where it is held in memory: null where it is known that there is none for us, undefined where nothing is. */
export function findMessage(state: ClientState, id: number, seq: number): MessageRow | null | undefined {
  const conversation = state.conversations.get(id)
  const runs = [conversation?.messages ?? [], conversation?.around?.messages ?? []]
  for (const run of runs) {
    const row = run[seq - (run[0]?.seq ?? 0)]
    if (row) return row
  }
  return state.quoted.get(messageKey(id, seq))
}
