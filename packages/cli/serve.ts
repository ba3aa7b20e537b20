/** `rookery serve`: the server, until it is told to stop. */
import { describeStore, startServer, type Config } from '@rookery/server'
import type { Command } from 'commander'
import { addSettings, allSettings, readSettings } from './options.ts'

export function addServe(program: Command): void {
  addSettings(program.command('serve').description('run the server'), allSettings).action(serve)
}

async function serve(_: unknown, command: Command): Promise<void> {
  const config = readSettings(command)
  const server = await startServer(config).catch((error: unknown) => {
    console.error(explainStart(error, config))
    process.exit(1)
  })
  console.log(`Rookery is ready: ${server.url}`)
  if (server.udp) console.log(`Old clients: UDP ${server.udp}`)
  console.log(
    config.DATABASE_URL === undefined ? `Data folder: ${config.ROOKERY_DATA}` : `Kept in ${describeStore(config)}`,
  )
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

/** One line that says what is wrong and how to mend it. */
function explainStart(error: unknown, { HOST, PORT, ROOKERY_UDP }: Config): string {
  const { code, syscall, message } = error as { code?: string; syscall?: string; message?: string }
  if (code === 'EADDRINUSE' && syscall === 'bind') {
    return `Cannot start: UDP ${ROOKERY_UDP} is in use. Choose another address with ROOKERY_UDP, or ROOKERY_UDP=off.`
  }
  if (code === 'EADDRINUSE') return `Cannot start: ${HOST}:${PORT} is in use. Choose another PORT.`
  return `Cannot start: ${message ?? String(error)}`
}
