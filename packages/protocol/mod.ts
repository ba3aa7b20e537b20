/** All that crosses the wire, but for what checks it (`schemas.ts`). No I/O. */
export * from './errors.ts'
export * from './frames.ts'
export * from './limits.ts'
export type * from './operations.ts'
export type * from './rows.ts'
export type * from './session-rows.ts'
