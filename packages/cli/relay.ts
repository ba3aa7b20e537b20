/** `rookery relay`: serves the old chat windows of this machine, as one user who is logged in to a server. */
import { callOnce, connect, type Client } from '@rookery/client'
import { errors } from '@rookery/protocol'
import { Argument, Option, type Command } from 'commander'
import { openRelay } from './relay-door.ts'

interface Options {
  readonly url: string
  readonly user: string
  readonly port: string
  readonly offline: 'refuse' | 'store'
  readonly code?: string
}

export function addRelay(program: Command): void {
  program
    .command('relay')
    .description('serve the old chat windows of this machine; the password is read from standard input')
    .addArgument(new Argument('<user>', 'number or user name to log in with'))
    .option('--url <url>', 'the server', 'http://127.0.0.1:8080')
    .addOption(new Option('--port <port>', 'UDP port on 127.0.0.1').default('21567'))
    .option('--code <code>', 'of the second factor, where the account has one')
    .addOption(
      new Option('--offline <what>', 'a message to somebody offline: refuse it, as the old server did, or store it')
        .choices(['refuse', 'store'])
        .default('refuse'),
    )
    .action((user: string, options: Omit<Options, 'user'>) => relay({ ...options, user }))
}

async function relay({ url, user, port, offline, code }: Options): Promise<void> {
  const password = (await Bun.stdin.text()).replace(/\r?\n$/, '')
  const entered = await callOnce(url, 'sessions.logIn', {
    login: user,
    password,
    ...(code !== undefined && { code }),
    device: 'rookery relay',
  })
  if (!entered.ok) {
    console.error(errors[entered.code].message)
    process.exit(1)
  }
  const { token } = entered.value
  const client = connect({ url, token })
  await whenSynced(client)
  const door = await openRelay(client, Number(port), offline).catch((error: Error & { code?: string }) => {
    console.error(
      error.code === 'EADDRINUSE'
        ? `127.0.0.1:${port} is in use: is another relay running on this machine?`
        : `Cannot listen on 127.0.0.1:${port}: ${error.message}`,
    )
    process.exit(1)
  })
  console.log(`Relay of ${entered.value.me.name} (${entered.value.me.number}) on 127.0.0.1:${port}`)

  const stop = async () => {
    await door.close()
    await client.call('sessions.logOut', {})
    client.close()
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
}

/** What waits is counted from where the user has read to now. */
function whenSynced(client: Client): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = client.subscribe(() => {
      if (!client.state().synced) return
      unsubscribe()
      resolve()
    })
  })
}
