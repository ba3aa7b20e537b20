/** `rookery serve`: the server, until it is told to stop. */
import { readConfig, settings, startServer } from '@rookery/server'
import { Option, type Command } from 'commander'

export function addServe(program: Command): void {
  const command = program.command('serve').description('run the server')
  for (const [name, { help }] of Object.entries(settings)) {
    command.addOption(new Option(`${flagOf(name)} <value>`, help).env(name))
  }
  command.action(serve)
}

/** `ROOKERY_DATA` is also `--rookery-data`. */
function flagOf(name: string): string {
  return `--${name.toLowerCase().replaceAll('_', '-')}`
}

async function serve(_: unknown, command: Command): Promise<void> {
  const given = Object.fromEntries(
    Object.keys(settings).map((name) => [name, command.getOptionValue(attributeOf(name))]),
  )
  const read = readConfig(given)
  if (!read.ok) {
    console.error(read.problem)
    process.exit(2)
  }
  const server = await startServer(read.config).catch((error: unknown) => {
    console.error(`Cannot start: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  })
  console.log(`Rookery is ready: ${server.url}`)
  console.log(`Data folder: ${read.config.ROOKERY_DATA}`)
  if (server.adminLink) console.log(`Become the first administrator, once: ${server.adminLink}`)

  const stop = async () => {
    await server.stop()
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
}

function attributeOf(name: string): string {
  return new Option(`${flagOf(name)} <value>`).attributeName()
}
