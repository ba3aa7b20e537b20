/** How a run of consecutive messages differs from an earlier one: typically a few rows at one of its ends. */
import type { MessageRow } from '@rookery/protocol'

type Rows = readonly MessageRow[]

export type RunPatch =
  | { readonly kind: 'whole'; readonly rows: Rows }
  /** What is left after `skip` rows, `keep` of them; with `changed` in their places, `older` before and `newer` after. */
  | {
      readonly kind: 'ends'
      readonly skip: number
      readonly keep: number
      readonly older: Rows
      readonly newer: Rows
      readonly changed: Rows
    }

/** Null where nothing differs. Rows are compared by identity: they are never changed in place. */
export function diffRuns(before: Rows, after: Rows): RunPatch | null {
  if (before === after || (before.length === 0 && after.length === 0)) return null
  const whole: RunPatch = { kind: 'whole', rows: after }
  const [firstBefore] = before
  const [firstAfter] = after
  if (!firstBefore || !firstAfter) return whole
  const skip = Math.max(0, firstAfter.seq - firstBefore.seq)
  const start = Math.max(0, firstBefore.seq - firstAfter.seq)
  const keep = Math.min(before.length - skip, after.length - start)
  if (keep <= 0) return whole
  const changed: MessageRow[] = []
  for (let index = 0; index < keep; index += 1) {
    const row = after[start + index]
    const old = before[skip + index]
    if (!row || row.seq !== old?.seq) return whole
    if (row !== old) changed.push(row)
  }
  const older = after.slice(0, start)
  const newer = after.slice(start + keep)
  if (older.length + newer.length + changed.length === 0 && keep === before.length) return null
  return { kind: 'ends', skip, keep, older, newer, changed }
}

export function applyRun(before: Rows, patch: RunPatch): Rows {
  if (patch.kind === 'whole') return patch.rows
  const { skip, keep, older, newer, changed } = patch
  const kept = before.slice(skip, skip + keep)
  if (changed.length === 0) return [...older, ...kept, ...newer]
  const bySeq = new Map(changed.map((row) => [row.seq, row]))
  return [...older, ...kept.map((row) => bySeq.get(row.seq) ?? row), ...newer]
}
