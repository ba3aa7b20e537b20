import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { BusEvent } from '../core/bus-ports.ts'
import { decodeEvent, encodeEvent } from './nats-events.ts'

const text = fc.string({ unit: 'grapheme' })
const except = fc.option(text)
const events: fc.Arbitrary<BusEvent> = fc.oneof(
  fc.record({ kind: fc.constant('frame'), frame: text, except }),
  fc.record({ kind: fc.constant('frame'), frame: text, except, message: fc.record({ seq: fc.nat(), rev: fc.nat() }) }),
  fc.record({
    kind: fc.constant('groups'),
    joined: fc.array(fc.record({ conversation: fc.nat(), from_seq: fc.nat() })),
    left: fc.array(fc.nat()),
  }),
  fc.record({
    kind: fc.constant('hint'),
    about: fc.oneof(fc.constant('presence'), fc.nat()),
    key: text,
    frame: text,
  }),
  fc.record({ kind: fc.constant('sessions_ended'), sessions: fc.array(text), except }),
)

test('every event arrives as it was', () => {
  fc.assert(fc.property(events, (event) => expect(decodeEvent(encodeEvent(event))).toEqual(event)))
})

test('a frame is what it was, letter for letter, and costs little more', () => {
  const frame = '{"push":"message","row":{"text":"甲\\n"}}'
  const encoded = encodeEvent({ kind: 'frame', frame, except: null })
  expect(encoded).toEndWith(`\n${frame}`)
  expect(encoded.length - frame.length).toBeLessThan(20)
})

test('whatever else comes is nothing', () => {
  fc.assert(fc.property(fc.oneof(text, fc.json()), (foreign) => expect(decodeEvent(foreign)).toBeNull()))
})
