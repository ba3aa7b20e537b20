/** What went wrong with a statement, and whether another try is worth it. */
export type Fault =
  /** The server cannot be reached or does not answer. */
  | 'away'
  /** Somebody else came in between: the same again may succeed. */
  | 'conflict'
  /** The disk is full. */
  | 'full'
  /** Ours. */
  | 'bug'

/** SQLSTATE codes, the five letters or a class of them (PostgreSQL's manual, appendix A). */
const codes: readonly (readonly [RegExp, Fault])[] = [
  [/^(40001|40P01)$/, 'conflict'],
  // Another node took the same message id, number or name first.
  [/^23505$/, 'conflict'],
  [/^53100$/, 'full'],
  // Connections (08), log-in (28), no such database (3D), resources (53), stopping or cancelled (57), the system (58).
  [/^(08|28|3D|53|57|58)/, 'away'],
  // A lock not had in time, a transaction given up as idle, a standby that takes no writes.
  [/^(55P03|25P03|25006)$/, 'away'],
]

export function faultOf(error: unknown): Fault {
  const { code, errno } = error as { code?: unknown; errno?: unknown }
  if (/^ERR_POSTGRES_(CONNECTION|IDLE|LIFETIME)/.test(String(code))) return 'away'
  return codes.find(([pattern]) => pattern.test(String(errno)))?.[1] ?? 'bug'
}
