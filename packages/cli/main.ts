#!/usr/bin/env bun
/** The `rookery` command. */
import { Command } from 'commander'
import { addServe } from './serve.ts'

const program = new Command('rookery').description('A self-hosted instant messenger.')
addServe(program)
await program.parseAsync()
