/** Messages lie in blocks of consecutive numbers: one record instead of 64, which is what makes saving fast. Pure. */
import type { MessageRow } from '@rookery/protocol'
import { isMessageRow } from './shapes.ts'

export const BLOCK_SIZE = 64

/** A conversation, and which block of it. */
export type BlockKey = [conversation: number, block: number]

export function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK_SIZE)
}

/** What a record holds, by seq. Nothing that came from a disk is trusted: what does not fit is not held. */
export function readBlock(record: unknown, [conversation, block]: BlockKey): Map<number, MessageRow> {
  const rows: readonly unknown[] = Array.isArray(record) ? record : []
  const fitting = rows
    .filter(isMessageRow)
    .filter((row) => row.conversation === conversation && blockOf(row.seq) === block)
  return mergeRows(new Map(), fitting)
}

/** Of two rows with the same place the one with the higher rev stays. */
export function mergeRows(held: Map<number, MessageRow>, rows: readonly MessageRow[]): Map<number, MessageRow> {
  for (const row of rows) if (row.rev > (held.get(row.seq)?.rev ?? -1)) held.set(row.seq, row)
  return held
}

export function groupByBlock(rows: readonly MessageRow[]): { key: BlockKey; rows: MessageRow[] }[] {
  const groups = new Map<string, { key: BlockKey; rows: MessageRow[] }>()
  for (const row of rows) {
    const key: BlockKey = [row.conversation, blockOf(row.seq)]
    const group = groups.get(key.join())
    if (group) group.rows.push(row)
    else groups.set(key.join(), { key, rows: [row] })
  }
  return [...groups.values()]
}
