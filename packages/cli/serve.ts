/** `rookery serve`: the server, until it is told to stop. */
import { startServer } from '@rookery/server'
import type { Command } from 'commander'
import { addSettings, allSettings, readSettings } from './options.ts'

export function addServe(program: Command): void {
  addSettings(program.command('serve').description('run the server'), allSettings).action(serve)
}

async function serve(_: unknown, command: Command): Promise<void> {
  const config = readSettings(command)
  const server = await startServer(config).catch((error: unknown) => {
    console.error(`Cannot start: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  })
  console.log(`Rookery is ready: ${server.url}`)
  console.log(`Data folder: ${config.ROOKERY_DATA}`)
  if (server.adminLink) console.log(`Become the first administrator, once: ${server.adminLink}`)

  let stopping = false
  const stop = async () => {
    // A second signal does not wait.
    if (stopping) process.exit(1)
    stopping = true
    await server.stop()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}
