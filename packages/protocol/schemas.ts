/**
 * What checks that which crosses the wire. Apart from `mod.ts`, since the schemas take time and memory, and only the
 * server's doors need them.
 */
export { checkFrame, checkInput } from './checks.ts'
export { costOf, isOperation, operations } from './operations.ts'
export { groupEvent } from './rows.ts'
