/** All that crosses the wire. No I/O. */
export * from './errors.ts'
export * from './frames.ts'
export * from './limits.ts'
export * from './operations.ts'
export * from './rows.ts'
export * from './session-rows.ts'
