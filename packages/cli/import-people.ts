/** `rookery import people`: accounts for everybody in an `AllPeople.txt`. */
import type { Command } from 'commander'
import { linkOf, operate } from './operate.ts'
import { addSettings, dataSettings, readSettings } from './options.ts'
import { readPeople } from './people-file.ts'

type Outcome =
  | {
      readonly line: number
      readonly outcome: 'made'
      readonly number: number
      readonly name: string
      readonly link: string
    }
  | { readonly line: number; readonly outcome: 'there_already'; readonly number: number; readonly name: string }
  | { readonly line: number; readonly outcome: 'bad'; readonly text: string }

export function addImport(program: Command): void {
  const people = program
    .command('import')
    .description('bring in the files of the old campus client')
    .command('people')
    .description(
      'make an account for every line of an AllPeople.txt; prints the link with which each owner chooses a password',
    )
    .argument('<file>', 'lines of NAME:NUMBER, UTF-8')
    .option('--json', 'print one JSON object a line')
  addSettings(people, dataSettings).action(importPeople)
}

async function importPeople(path: string, { json }: { json?: boolean }, command: Command): Promise<void> {
  const config = readSettings(command)
  const file = Bun.file(path)
  if (!(await file.exists())) command.error(`error: there is no file ${path}`)
  const lines = readPeople(await file.text())

  await operate(config, async (operator) => {
    const outcomes: Outcome[] = []
    for (const line of lines) {
      const outcome =
        line.kind === 'bad' ? { line: line.line, outcome: 'bad' as const, text: line.text } : await make(line)
      outcomes.push(outcome)
      print(outcome)
    }
    const count = (kind: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === kind).length
    if (!json)
      console.error(`${count('made')} made, ${count('there_already')} there already, ${count('bad')} bad lines`)
    return count('bad') > 0 ? 1 : 0

    async function make({ line, name, number }: { line: number; name: string; number: number }): Promise<Outcome> {
      const created = await operator.call('accounts.create', { name, number })
      if (created.ok) return { line, outcome: 'made', number, name, link: linkOf(config, created.value.ticket ?? '') }
      if (created.code === 'number_taken') return { line, outcome: 'there_already', number, name }
      if (created.code === 'bad_request') return { line, outcome: 'bad', text: `${name}:${number}` }
      throw new Error(created.code)
    }
  })

  function print(outcome: Outcome): void {
    if (json) console.log(JSON.stringify(outcome))
    else if (outcome.outcome === 'made') console.log(`${outcome.number} ${outcome.name} ${outcome.link}`)
    else if (outcome.outcome === 'bad') console.error(`line ${outcome.line} is not NAME:NUMBER: ${outcome.text}`)
  }
}
