/** `rookery export friends`: a user's contacts as a Friends.txt. */
import { writePeople } from '@rookery/client'
import type { ContactRow } from '@rookery/protocol'
import type { Operator } from '@rookery/server'
import type { Command } from 'commander'
import { operate } from './operate.ts'
import { addSettings, dataSettings, readSettings } from './options.ts'
import { parseNumber } from './user.ts'

export function addExport(program: Command): void {
  const friends = program
    .command('export')
    .description('write the files of the old campus client')
    .command('friends')
    .description("print a user's contacts as a Friends.txt")
    .requiredOption('--user <number>', 'whose list', parseNumber)
  addSettings(friends, dataSettings).action(exportFriends)
}

async function exportFriends({ user }: { user: number }, command: Command): Promise<void> {
  await operate(readSettings(command), async (operator) => {
    const contacts = await readContacts(operator, user)
    const friends = contacts.filter(({ state }) => state === 'friend')
    process.stdout.write(writePeople(friends.map(({ peer, name }) => ({ number: peer, name }))))
    return 0
  })
}

async function readContacts(operator: Operator, user: number): Promise<ContactRow[]> {
  const contacts: ContactRow[] = []
  for (let held = { epoch: '', rev: 0, cursor: '' }; ;) {
    const answer = await operator.call('sync', held, user)
    if (!answer.ok) throw new Error(answer.code)
    contacts.push(...answer.value.contacts)
    if (!answer.value.more) return contacts
    held = answer.value
  }
}
