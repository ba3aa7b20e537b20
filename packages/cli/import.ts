/** `rookery import`: the old campus client's two files. */
import { readPeople, type PeopleLine } from '@rookery/client'
import type { Operator } from '@rookery/server'
import type { Command } from 'commander'
import { linkOf, operate } from './operate.ts'
import { addSettings, dataSettings, readSettings } from './options.ts'
import { parseNumber } from './user.ts'

/** What became of a line. */
type Outcome =
  | {
      readonly line: number
      readonly outcome: 'done'
      readonly number: number
      readonly name: string
      readonly link?: string
    }
  | { readonly line: number; readonly outcome: 'there_already'; readonly number: number; readonly name: string }
  | { readonly line: number; readonly outcome: 'bad'; readonly text: string; readonly reason: string }

type PersonLine = Extract<PeopleLine, { kind: 'person' }>

interface Options {
  readonly json?: boolean
}

export function addImport(program: Command): void {
  const command = program.command('import').description('bring in the files of the old campus client')
  const people = command
    .command('people')
    .description(
      'make an account for every line of an AllPeople.txt; prints the link with which each owner chooses a password',
    )
  const friends = command
    .command('friends')
    .description('make everybody in a Friends.txt a contact of one user')
    .requiredOption('--user <number>', 'whose list it is', parseNumber)
  for (const one of [people, friends]) {
    one.argument('<file>', 'lines of NAME:NUMBER, UTF-8').option('--json', 'print one JSON object a line')
    addSettings(one, dataSettings)
  }
  people.action((path: string, options: Options, self: Command) => {
    const config = readSettings(self)
    return importLines(path, options, self, async (operator, { line, name, number }) => {
      const created = await operator.call('accounts.create', { name, number })
      if (created.ok) return { line, outcome: 'done', number, name, link: linkOf(config, created.value.ticket ?? '') }
      if (created.code === 'number_taken') return { line, outcome: 'there_already', number, name }
      return { line, outcome: 'bad', text: `${name}:${number}`, reason: created.code }
    })
  })
  friends.action((path: string, options: Options & { user: number }, self: Command) =>
    importLines(path, options, self, async (operator, { line, name, number }) => {
      const joined = await operator.call('contacts.join', { one: options.user, other: number })
      if (joined.ok) return { line, outcome: 'done', number, name }
      if (joined.code === 'already_contacts') return { line, outcome: 'there_already', number, name }
      return { line, outcome: 'bad', text: `${name}:${number}`, reason: joined.code }
    }),
  )
}

/** Every good line; the bad ones are told by their numbers, and make the exit code 1. */
async function importLines(
  path: string,
  { json }: Options,
  command: Command,
  bringIn: (operator: Operator, line: PersonLine) => Promise<Outcome>,
): Promise<void> {
  const file = Bun.file(path)
  if (!(await file.exists())) command.error(`error: there is no file ${path}`)
  const lines = readPeople(await file.text())
  await operate(readSettings(command), async (operator) => {
    const counts = { done: 0, there_already: 0, bad: 0 }
    for (const line of lines) {
      const outcome: Outcome =
        line.kind === 'bad'
          ? { line: line.line, outcome: 'bad', text: line.text, reason: 'not NAME:NUMBER' }
          : await bringIn(operator, line)
      counts[outcome.outcome] += 1
      print(outcome, json ?? false)
    }
    if (!json) console.error(`${counts.done} done, ${counts.there_already} there already, ${counts.bad} bad lines`)
    return counts.bad > 0 ? 1 : 0
  })
}

function print(outcome: Outcome, json: boolean): void {
  if (json) console.log(JSON.stringify(outcome))
  else if (outcome.outcome === 'bad') console.error(`line ${outcome.line}: ${outcome.reason}: ${outcome.text}`)
  else if (outcome.outcome === 'done')
    console.log([outcome.number, outcome.name, outcome.link].filter(Boolean).join(' '))
}
