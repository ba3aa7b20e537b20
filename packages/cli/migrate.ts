/** `rookery migrate`: an installation from SQLite to PostgreSQL or back, verified row by row. */
import { migrate } from '@rookery/server'
import type { Command } from 'commander'
import { addSettings, readSettings } from './options.ts'

interface Options {
  readonly from?: string
  readonly to: string
  readonly replace?: boolean
  readonly json?: boolean
}

export function addMigrate(program: Command): void {
  const command = program
    .command('migrate')
    .description('copy an installation to another store, and verify the copy; again to bring it up to date')
    .requiredOption('--to <place>', 'postgres://… or a folder')
    .option('--from <place>', 'the same (default: the data folder)')
    .option('--replace', 'overwrite what the target holds, be it another installation')
    .option('--json', 'print JSON')
  addSettings(command, ['ROOKERY_DATA']).action(run)
}

async function run({ from, to, replace = false, json }: Options, command: Command): Promise<void> {
  const began = performance.now()
  try {
    const result = await migrate({
      from: from ?? readSettings(command).ROOKERY_DATA,
      to,
      replace,
      onTable: ({ table, rows, written, removed }) => {
        if (!json) console.log(`${table}: ${rows} rows, ${written} written, ${removed} removed`)
      },
    })
    if (!result.ok) {
      console.error(`Not copied: ${result.problem}.`)
      process.exit(1)
    }
    const seconds = Math.round((performance.now() - began) / 100) / 10
    if (json) console.log(JSON.stringify({ ...result, seconds }))
    else console.log(`${result.from} is in ${result.to}, every row compared, in ${seconds} s.`)
    process.exit(0)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}
