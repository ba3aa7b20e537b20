/**
 * Whatever devices and servers go through, in any order, all end with the same log. `npm run model -- --runs 500` runs
 * more of them; what failed is run again by its seed and path.
 */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import { actions } from './actions.ts'
import { runActions, type Tally } from './run.ts'
import { startSubject, type Subject } from './subject.ts'

const runs = Number(process.env.ROOKERY_MODEL_RUNS ?? 20)
const seed = process.env.ROOKERY_MODEL_SEED
const path = process.env.ROOKERY_MODEL_PATH

let subject: Subject
beforeAll(async () => {
  subject = await startSubject()
})
afterAll(() => subject.stop())

test(
  '[D1] [D2] [D3] [D4] [D5] [D6] [D7] [D12] [D13] [D14] sends, retries, reads, bad cables, crashed devices, killed and restored servers leave one log',
  async () => {
    const tally: Tally = new Map()
    let done = 0
    const property = fc.asyncProperty(actions, async (list) => {
      done += 1
      expect(await runActions(subject, list, tally)).toEqual([])
    })
    try {
      await fc.assert(property, {
        numRuns: path === undefined ? runs : 1,
        endOnFailure: true,
        ...(seed !== undefined && { seed: Number(seed) }),
        ...(path !== undefined && { path }),
      })
    } finally {
      const summary = [...tally].toSorted(([a], [b]) => a.localeCompare(b)).map(([kind, count]) => `${count} ${kind}`)
      console.log(`${done} runs: ${summary.join(', ')}`)
    }
  },
  60_000 + runs * 30_000,
)
