import { expect, test } from 'bun:test'
import type { MessageRow } from '@rookery/protocol'
import * as fc from 'fast-check'
import type { Cache } from '../cache.ts'
import { makeDevice, makeRow, type OpenCache } from './rows.ts'

const conversation = fc.integer({ min: 1, max: 3 })
const seq = fc.integer({ min: 1, max: 200 })

/** A run of rows, so that pages find some; its revs go up and down. */
const rows = fc
  .record({ conversation, from: seq, revs: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 90 }) })
  .map(({ conversation: id, from, revs }) => revs.map((rev, index) => makeRow(id, from + index, rev)))

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('save' as const), messages: rows, awaited: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('page' as const), conversation, before: seq, limit: fc.nat(150) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), conversation }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'reset' as const }, { kind: 'drop messages' as const }) },
)

/** The port's words, and nothing else: a list of rows. */
class Model {
  private held: MessageRow[] = []

  put(messages: readonly MessageRow[]): void {
    for (const row of messages) {
      const other = this.find(row.conversation, row.seq)
      if (!other || other.rev < row.rev) this.held = [...this.held.filter((kept) => kept !== other), row]
    }
  }

  drop(isGone: (row: MessageRow) => boolean): void {
    this.held = this.held.filter((row) => !isGone(row))
  }

  page(id: number, before: number, limit: number): MessageRow[] {
    const row = limit > 0 ? this.find(id, before - 1) : undefined
    return row ? [...this.page(id, before - 1, limit - 1), row] : []
  }

  private find(id: number, place: number): MessageRow | undefined {
    return this.held.find((row) => row.conversation === id && row.seq === place)
  }
}

export function describeHistories(open: OpenCache): void {
  test('whatever is put, in whatever order, a page is what the port says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const opened = await open()
        const model = new Model()
        let cache: Cache = opened.cache
        await cache.save({ device: makeDevice(1) })
        for (const taken of steps)
          switch (taken.kind) {
            case 'save': {
              const saving = cache.save({ messages: taken.messages })
              if (taken.awaited) await saving
              model.put(taken.messages)
              break
            }
            case 'page': {
              const { conversation: id, before, limit } = taken
              expect(await cache.page(id, before, limit)).toEqual(model.page(id, before, limit))
              break
            }
            case 'drop':
              await cache.save({ dropped: [taken.conversation] })
              model.drop((row) => row.conversation === taken.conversation)
              break
            case 'reset':
              await cache.save({ reset: true, device: makeDevice(1) })
              model.drop(() => true)
              break
            case 'drop messages':
              await cache.dropMessages()
              model.drop(() => true)
              break
            case 'reopen':
              cache = await opened.reopen()
          }
        await cache.destroy()
      }),
      { numRuns: 60 },
    )
  })
}
