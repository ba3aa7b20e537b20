import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { noCursor, readCursor, writeCursor } from './cursor.ts'

const count = fc.nat({ max: 10 ** 12 })
const place = fc.record({ txid: count, conversation: count })
const page = fc.option(fc.record({ after: fc.oneof(count, fc.constant(-1)), below: place }))

test('a cursor comes back as it was written', () => {
  fc.assert(
    fc.property(fc.record({ upTo: count, page }), (cursor) => {
      expect(readCursor(writeCursor(cursor))).toEqual(cursor)
    }),
  )
})

test('anything else is a device that holds nothing', () => {
  for (const text of ['', 'x', '-1', '1.2', '1.2.3', '1.2.3.4.5', '1.2.3.', '1e3', ' 1', '0x1', '9'.repeat(40)])
    expect(readCursor(text)).toEqual(noCursor)
  fc.assert(fc.property(fc.string(), (text) => void readCursor(text)))
})
