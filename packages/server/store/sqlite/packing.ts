/**
 * How a batch travels between two threads. A string is handed over, anything else is copied part by part: commands that
 * hold no bytes go as JSON, which costs less on both sides.
 */
import type { Command, CommandName } from './commands.ts'

export type Packed<Part> = string | readonly Part[]

/** Those without bytes in input and result that there are many of. */
const textual: ReadonlySet<CommandName> = new Set(['appendMessage', 'moveReadPointer', 'noteSeen', 'touchSession'])

export function packCommands(commands: readonly Command[]): Packed<Command> {
  return commands.every(({ name }) => textual.has(name)) ? JSON.stringify(commands) : commands
}

/** As the commands came. */
export function packResults(results: readonly unknown[], commands: Packed<Command>): Packed<unknown> {
  return typeof commands === 'string' ? JSON.stringify(results) : results
}

export function unpack<Part>(packed: Packed<Part>): readonly Part[] {
  return typeof packed === 'string' ? (JSON.parse(packed) as Part[]) : packed
}
