export { readConfig, settings, type Config } from './config.ts'
export { startServer, type RunningServer, type ServerOptions } from './main.ts'
export { createPasswords } from './passwords.ts'
