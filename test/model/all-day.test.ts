/**
 * Three people with a messenger, all day: whatever they say, change and take back, whoever comes in and goes out, and
 * whatever happens to their devices and to the server, everybody ends with what is theirs, and never had anything else.
 * Run again, and more often, as model.test.ts.
 */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import { days, type Doing } from './all-day/actions.ts'
import { greet } from './all-day/chatting.ts'
import { beginDay, endDay } from './all-day/day.ts'
import { act, type Tally } from './all-day/doings.ts'
import { settleDay } from './all-day/evening.ts'
import { findLogFaults, readTruth } from './all-day/truth.ts'
import { findViewFaults } from './all-day/views.ts'
import { startSubject, type Subject } from './subject.ts'

const runs = Number(process.env.ROOKERY_MODEL_RUNS ?? 20)
const seed = process.env.ROOKERY_MODEL_SEED
const path = process.env.ROOKERY_MODEL_PATH

let subject: Subject
beforeAll(async () => {
  subject = await startSubject()
})
afterAll(() => subject.stop())

/** Returns every way in which a rule was broken. */
async function liveThrough(list: readonly Doing[], tally: Tally): Promise<string[]> {
  const day = await beginDay(subject)
  try {
    await greet(day)
    for (const doing of list) await act(day, doing, tally)
    const late = await settleDay(day)
    const truth = await readTruth(day)
    // First what devices hold by themselves: loading the rest is seen by the witness, too.
    const views = await findViewFaults(day, truth)
    return [...late, ...views, ...findLogFaults(day, truth)].map(({ text }) => text)
  } finally {
    await endDay(day)
  }
}

test(
  '[D1] [D2] [D4] [D5] [D6] [D7] [D8] [D9] [D10] [D11] [D12] edits, recalls, reactions, forwards, groups that people come into and leave, blocks: everybody ends with what is theirs, and never had more',
  async () => {
    const tally: Tally = new Map()
    let done = 0
    const property = fc.asyncProperty(days, async (list) => {
      done += 1
      expect(await liveThrough(list, tally)).toEqual([])
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
      console.log(`${done} days: ${summary.join(', ')}`)
    }
  },
  60_000 + runs * 30_000,
)
