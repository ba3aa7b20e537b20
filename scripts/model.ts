/**
 * Runs of the models (test/model), as many as one likes: `npm run model -- --runs 500`, of one of them with
 * `--only all-day.test.ts`. What failed prints its seed and path, and is run again by `--seed S --path P`. Exit 1 on a
 * fault.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string' },
    path: { type: 'string' },
    only: { type: 'string', default: '' },
  },
})
const { runs, seed, path, only } = values
const child = Bun.spawn([process.execPath, 'test', `./test/model/${only}`], {
  cwd: join(import.meta.dir, '..'),
  stdout: 'inherit',
  stderr: 'inherit',
  env: {
    ...process.env,
    NODE_ENV: 'test',
    ROOKERY_MODEL_RUNS: runs,
    ...(seed !== undefined && { ROOKERY_MODEL_SEED: seed }),
    ...(path !== undefined && { ROOKERY_MODEL_PATH: path }),
  },
})
const exitCode = await child.exited
console.log(exitCode === 0 ? 'No fault.' : 'Faults: see above; run it again with the seed and path printed there.')
process.exit(exitCode)
