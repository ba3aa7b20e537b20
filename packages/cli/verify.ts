/** `rookery verify`: throw-away accounts and a storm of sends, cuts and crashes against a running server. */
import { isInstalled, openOperator, type Config } from '@rookery/server'
import { InvalidArgumentError, type Command } from 'commander'
import { addSettings, dataSettings, readSettings } from './options.ts'
import { Refused, type Urls } from './verify/ask.ts'
import { printReport } from './verify/report.ts'
import { verify } from './verify/run.ts'

interface Options {
  readonly url?: Urls
  readonly seconds: number
  readonly people: number
  readonly devices: number
  readonly rate: number
  readonly seed?: number
  readonly ticket: readonly string[]
  readonly json?: boolean
}

export function addVerify(program: Command): void {
  const command = program
    .command('verify')
    .description('check a running server with throw-away accounts, which stay; exit 1 if it lost or mixed up anything')
    .option('--url <url[,url…]>', 'its nodes (default: the server of the settings)', parseUrls)
    .option('--seconds <n>', 'how long to send', parseCount, 60)
    .option('--people <n>', 'accounts to make', parseCount, 4)
    .option('--devices <n>', 'devices of each of them', parseCount, 2)
    .option('--rate <n>', 'sends per second, over all', parseCount, 50)
    .option('--seed <n>', 'of the random choices (default: another each time)', parseCount)
    .option('--ticket <ticket>', 'where sign-up is by invitation, one for each account', collect, [])
    .option('--json', 'print JSON')
  addSettings(command, dataSettings).action(run)
}

async function run(options: Options, command: Command): Promise<void> {
  const { seconds, people, devices, rate, ticket: tickets, json } = options
  if (people < 2) command.error('error: It takes two people at least.', { exitCode: 2 })
  const config = readSettings(command)
  const urls: Urls = options.url ?? [config.ROOKERY_URL ?? `http://${config.HOST}:${config.PORT}`]
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31)
  const interruption = new AbortController()
  // What was done until then is still compared. A second signal does not wait.
  process.once('SIGINT', () => {
    interruption.abort()
    process.once('SIGINT', () => process.exit(1))
  })
  try {
    const { signal } = interruption
    const invite = () => makeInvitation(config)
    const report = await verify({ urls, seconds, people, devices, rate, seed, tickets, invite, signal })
    console.log(json ? JSON.stringify(report) : printReport(report))
    process.exit(report.fault_count === 0 ? 0 : 1)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

/** Null where neither the data folder nor the database is at hand. */
async function makeInvitation(config: Config): Promise<string | null> {
  if (!isInstalled(config)) return null
  const operator = await openOperator(config)
  const made = await operator.call('tickets.invite', {})
  await operator.close()
  return made.ok ? made.value.ticket : null
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('It must be a number above 0.')
  return Number(text)
}

function parseUrls(text: string): Urls {
  const [first, ...others] = text.split(',')
  if (first === undefined || ![first, ...others].every((url) => /^https?:/.test(url) && URL.canParse(url)))
    throw new InvalidArgumentError('It must be addresses, as http://host:port.')
  return [first, ...others]
}

function collect(text: string, others: readonly string[]): string[] {
  return [...others, text]
}
