#!/usr/bin/env bun
/** The `rookery` command. Exit 0: done; 1: refused; 2: the command itself was wrong. */
import { version } from '@rookery/server'
import { Command, CommanderError } from 'commander'
import { addExport } from './export-friends.ts'
import { addImport } from './import.ts'
import { addInvite } from './invite.ts'
import { addMigrate } from './migrate.ts'
import { addRelay } from './relay.ts'
import { addServe } from './serve.ts'
import { addUser } from './user.ts'
import { addVerify } from './verify.ts'

const program = new Command('rookery').description('A self-hosted instant messenger.').version(version).exitOverride()
for (const add of [addServe, addUser, addInvite, addImport, addExport, addMigrate, addRelay, addVerify]) add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exit(error.exitCode === 0 ? 0 : 2)
}
