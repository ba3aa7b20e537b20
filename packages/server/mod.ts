/** The server as other packages see it. */
export { readConfig, settings, type Config } from './config.ts'
export { startServer, type RunningServer, type ServerOptions } from './main.ts'
export { openOperator, type Operator } from './operator.ts'
export { createPasswords } from './passwords.ts'
export { describeBody, formatTime, splitText } from './gateways/seed-replies.ts'
export { version } from './version.ts'
