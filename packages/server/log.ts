/** What the operator may want to know: a line of JSON each, on standard error. */
import { writeSync } from 'node:fs'
import { hostname } from 'node:os'

/** As other tools number them (pino, bunyan), which read these lines too. */
const levels = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60, silent: Infinity } as const

export type Level = keyof typeof levels

/** @param details are written beside the message; an `err` with its stack. */
type Write = (details: Readonly<Record<string, unknown>>, message: string) => void

export type Log = Readonly<Record<Exclude<Level, 'silent'>, Write>>

/** @param print is handed whole lines; what it is handed is written when it returns, also if the process ends then. */
export function createLog(least: Level, print: (line: string) => void = printLine): Log {
  const origin = { pid: process.pid, hostname: hostname() }
  const writeAs =
    (level: number): Write =>
    ({ err, ...details }, message) => {
      if (level < levels[least]) return
      const error = err === undefined ? {} : { err: explain(err) }
      print(`${JSON.stringify({ level, time: Date.now(), ...origin, ...error, ...details, msg: message })}\n`)
    }
  return {
    debug: writeAs(levels.debug),
    info: writeAs(levels.info),
    warn: writeAs(levels.warn),
    error: writeAs(levels.error),
    fatal: writeAs(levels.fatal),
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name: type, message, stack, cause } = error
  return {
    type,
    message,
    stack,
    ...('code' in error && { code: error.code }),
    ...(cause !== undefined && { cause: explain(cause) }),
  }
}

function printLine(line: string): void {
  try {
    writeSync(2, line)
  } catch {
    // Nobody reads standard error any more: the server goes on.
  }
}
