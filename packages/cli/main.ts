#!/usr/bin/env bun
/** The `rookery` command. Exit 0: done; 1: refused; 2: the command itself was wrong. */
import { version } from '@rookery/server'
import { Command, CommanderError } from 'commander'

type Add = (program: Command) => void

/** Only what is asked for is loaded: the server is ready sooner, and smaller, without the others. */
const commands = new Map<string, () => Promise<Add>>([
  ['serve', async () => (await import('./serve.ts')).addServe],
  ['user', async () => (await import('./user.ts')).addUser],
  ['invite', async () => (await import('./invite.ts')).addInvite],
  ['import', async () => (await import('./import.ts')).addImport],
  ['export', async () => (await import('./export-friends.ts')).addExport],
  ['migrate', async () => (await import('./migrate.ts')).addMigrate],
  ['relay', async () => (await import('./relay.ts')).addRelay],
  ['verify', async () => (await import('./verify.ts')).addVerify],
])

const program = new Command('rookery').description('A self-hosted instant messenger.').version(version).exitOverride()
const asked = commands.get(process.argv[2] ?? '')
// All of them for `--help`, and to say what was meant.
for (const load of asked ? [asked] : commands.values()) (await load())(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exit(error.exitCode === 0 ? 0 : 2)
}
