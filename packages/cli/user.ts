/** `rookery user`: an account for somebody, old clients on or off, a lost second factor. */
import { Argument, InvalidArgumentError, type Command } from 'commander'
import { linkOf, operate, printRefusal } from './operate.ts'
import { addSettings, dataSettings, readSettings } from './options.ts'

interface AddOptions {
  readonly name: string
  readonly passwordStdin?: boolean
  readonly json?: boolean
}

export function addUser(program: Command): void {
  const user = program.command('user').description('accounts')
  const add = user
    .command('add')
    .description('make an account; without a password, prints the one-time link with which its owner chooses one')
    .argument('[number]', 'its number (default: the next free one)', parseNumber)
    .requiredOption('--name <name>', 'the name that others see')
    .option('--password-stdin', 'read the password from standard input')
    .option('--json', 'print JSON')
  addSettings(add, dataSettings).action(addAccount)
  const udp = user
    .command('udp')
    .description('allow or forbid clients of the old campus protocol for an account')
    .argument('<number>', 'whose', parseNumber)
    .addArgument(new Argument('<allow>').choices(['on', 'off']))
  addSettings(udp, dataSettings).action(allowUdp)
  const reset = user
    .command('reset-2fa')
    .description('take away the second factor of somebody who has lost it; their password alone opens the account then')
    .argument('<number>', 'whose', parseNumber)
    .option('--passkeys', 'and all their passkeys')
    .option('--json', 'print JSON')
  addSettings(reset, dataSettings).action(resetFactor)
}

/** The argument of a command that names an account. */
export function parseNumber(text: string): number {
  if (!/^\d{5,11}$/.test(text)) throw new InvalidArgumentError('A number has 5 to 11 digits.')
  return Number(text)
}

async function allowUdp(number: number, allow: 'on' | 'off', _: unknown, command: Command): Promise<void> {
  await operate(readSettings(command), async (operator) => {
    const found = await operator.call('people.find', { query: String(number) })
    if (!found.ok || !found.value.people.some((person) => person.number === number)) return printRefusal('not_found')
    const allowed = await operator.call('accounts.allowLegacy', { legacy: allow === 'on' }, number)
    return allowed.ok ? 0 : printRefusal(allowed.code)
  })
}

interface ResetOptions {
  readonly passkeys?: boolean
  readonly json?: boolean
}

async function resetFactor(number: number, options: ResetOptions, command: Command): Promise<void> {
  await operate(readSettings(command), async (operator) => {
    const reset = await operator.call('security.reset', { number, passkeys: options.passkeys ?? false })
    if (!reset.ok) return printRefusal(reset.code)
    const { second_factor, passkeys } = reset.value
    if (options.json) console.log(JSON.stringify({ number, second_factor, passkeys }))
    else
      console.log(
        `${number}: ${second_factor ? 'the second factor is gone' : 'there was no second factor'}; passkeys removed: ${passkeys}`,
      )
    return 0
  })
}

async function addAccount(number: number | undefined, options: AddOptions, command: Command): Promise<void> {
  const config = readSettings(command)
  const password = options.passwordStdin ? (await Bun.stdin.text()).replace(/\r?\n$/, '') : undefined
  await operate(config, async (operator) => {
    const created = await operator.call('accounts.create', {
      name: options.name,
      ...(number !== undefined && { number }),
      ...(password !== undefined && { password }),
    })
    if (!created.ok) return printRefusal(created.code)
    const { ticket } = created.value
    const link = ticket === undefined ? null : linkOf(config, ticket)
    if (options.json) console.log(JSON.stringify({ number: created.value.number, link }))
    else console.log(link ? `${created.value.number} ${link}` : String(created.value.number))
    return 0
  })
}
