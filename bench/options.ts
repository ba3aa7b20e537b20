/** The command line. */
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'

export interface Options {
  readonly isJson: boolean
  readonly isQuick: boolean
  readonly rounds: number
  /** Beginnings of the names of the figures to measure; empty for all. */
  readonly only: readonly string[]
  readonly folder: string
  /** Whether other servers are measured beside ours. */
  readonly withOthers: boolean
}

const help = `Usage: npm run bench -- [options]

Measures Rookery and, in the same run, what other servers do and what this machine can do without any.

  --only NAMES   only figures whose names begin so, and their limits: send.saturate,send.ack
  --rounds N     how often each is measured (3; 1 with --quick)
  --quick        shorter and once
  --no-others    without the other servers (their Debian packages are unpacked below node_modules, once)
  --json         one JSON object a line
  --folder PATH  where scratch data goes; its disk is the one measured (the system's temporary folder)
  --help         this page`

/** Ends the process after `--help` (0) and on a mistake (2). */
export function readOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        only: { type: 'string', default: '' },
        rounds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        'no-others': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        folder: { type: 'string', default: tmpdir() },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) {
      console.log(help)
      process.exit(0)
    }
    const rounds = Number(values.rounds ?? (values.quick ? 1 : 3))
    if (!Number.isInteger(rounds) || rounds < 1 || rounds > 20) throw new Error('--rounds is a number from 1 to 20.')
    return {
      isJson: values.json,
      isQuick: values.quick,
      rounds,
      only: values.only.split(',').filter((name) => name !== ''),
      folder: values.folder,
      withOthers: !values['no-others'],
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(2)
  }
}
