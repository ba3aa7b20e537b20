#!/usr/bin/env node
/** `npx rookery …` under plain Node: makes the clone ready, then hands over to the command on Bun. */
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const ready = spawnSync(process.execPath, [join(root, 'scripts/ready.mjs'), 'start'], { stdio: ['ignore', 2, 2] })
if (ready.status !== 0) process.exit(ready.status ?? 1)

const bun = join(root, 'node_modules/.bin/bun')
const command = spawnSync(bun, [join(root, 'packages/cli/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(command.status ?? 1)
