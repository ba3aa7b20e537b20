/** `rookery invite`: a one-time link with which one person can sign up. */
import type { Command } from 'commander'
import { linkOf, operate, printRefusal } from './operate.ts'
import { addSettings, dataSettings, readSettings } from './options.ts'

export function addInvite(program: Command): void {
  const command = program
    .command('invite')
    .description('print a one-time link with which one person can sign up')
    .option('--json', 'print JSON')
  addSettings(command, dataSettings).action(invite)
}

async function invite({ json }: { json?: boolean }, command: Command): Promise<void> {
  const config = readSettings(command)
  await operate(config, async (operator) => {
    const made = await operator.call('tickets.invite', {})
    if (!made.ok) return printRefusal(made.code)
    const link = linkOf(config, made.value.ticket)
    console.log(json ? JSON.stringify({ link, expires_at: made.value.expires_at }) : link)
    return 0
  })
}
