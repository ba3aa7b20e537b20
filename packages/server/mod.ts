/** The server as other packages see it. */
export { readConfig, settings, type Config } from './config.ts'
export { startServer, type RunningServer, type ServerOptions } from './main.ts'
export { migrate, type MigrateOptions, type MigrateResult } from './migrate.ts'
export { describeStore, isInstalled } from './open-store.ts'
export { openOperator, type Operator } from './operator.ts'
export { createPasswords } from './passwords.ts'
export { createSeedClient, type SeedPolicy } from './gateways/seed-client.ts'
export { version } from './version.ts'
