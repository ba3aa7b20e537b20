/** MQTT 3.1.1, quality of service 1: a topic for each person, which nobody else listens to. */
import { readNumber, writeDigits } from './digits.ts'
import type { Dialect } from './dialect.ts'
import { digits, numberedText, password } from './texts.ts'
import { openWire } from './wire.ts'

const types = { connect: 0x10, accepted: 0x20, publish: 0x32, taken: 0x40, subscribe: 0x82, subscribed: 0x90 } as const
const takenLength = 4
const idBytes = 2

export const mqtt: Dialect = {
  acknowledges: true,
  atOnce: 100,

  async connect(port, name, receiver) {
    const ready = Promise.withResolvers<void>()
    let isReady = false
    const lost = (reason: string) => (isReady ? receiver.lost(reason) : ready.reject(new Error(reason)))
    const answers = Buffer.alloc(64 * 1024)
    let answerEnd = 0

    const wire = await openWire(port, {
      lost,
      read(bytes) {
        let at = 0
        for (;;) {
          const end = findEnd(bytes, at)
          if (end > bytes.length) break
          packet(bytes, at, end)
          at = end
        }
        answer()
        receiver.flush()
        return at
      },
    })

    function packet(bytes: Buffer, start: number, end: number): void {
      const type = bytes[start]
      if (type === types.taken) return receiver.acknowledged()
      if (type === types.publish) {
        const topic = start + headLength(bytes, start)
        const id = topic + 2 + bytes.readUInt16BE(topic)
        if (answerEnd + takenLength > answers.length) answer()
        answers[answerEnd] = types.taken
        answers[answerEnd + 1] = idBytes
        bytes.copy(answers, answerEnd + 2, id, id + idBytes)
        answerEnd += takenLength
        return receiver.delivered(readNumber(bytes, id + idBytes))
      }
      if (type === types.accepted && bytes[start + 3] === 0) return wire.write(subscription)
      if (type !== types.subscribed || bytes[end - 1] !== 1) return lost(`Unexpected: ${bytes.toHex().slice(0, 40)}`)
      isReady = true
      ready.resolve()
    }
    function answer(): void {
      // The wire may keep what it cannot write at once.
      if (answerEnd > 0) wire.write(Buffer.from(answers.subarray(0, answerEnd)))
      answerEnd = 0
    }

    const subscription = makePacket(types.subscribe, [number16(1), field(name), Buffer.of(1)])
    const cleanWithPassword = 0xc2
    const head = [field('MQTT'), Buffer.of(4, cleanWithPassword), number16(0)]
    wire.write(makePacket(types.connect, [...head, field(name), field(name), field(password)]))
    await ready.promise
    return wire
  },

  makeMessage(to) {
    const bytes = makePacket(types.publish, [field(to), number16(1), Buffer.from(numberedText)])
    const idAt = bytes.length - numberedText.length - idBytes
    return {
      bytes,
      renumber(batch, start, number) {
        batch.writeUInt16BE((number % 0xffff) + 1, start + idAt)
        writeDigits(batch, start + idAt + idBytes + digits, number, 10)
      },
    }
  },
}

/** Where the packet ends that begins there; infinite while its length has not come. */
function findEnd(bytes: Buffer, start: number): number {
  const first = bytes[start + 1]
  if (first === undefined) return Infinity
  if (first < 0x80) return start + 2 + first
  const second = bytes[start + 2]
  if (second === undefined) return Infinity
  return start + 3 + (first & 0x7f) + second * 0x80
}

/** Nothing here is as long as 16 KB: one or two bytes tell the length. */
const headLength = (bytes: Buffer, start: number) => ((bytes[start + 1] ?? 0) < 0x80 ? 2 : 3)

function makePacket(type: number, parts: readonly Buffer[]): Buffer {
  const payload = Buffer.concat(parts)
  const length = payload.length
  const head = length < 0x80 ? [type, length] : [type, 0x80 | (length & 0x7f), length >> 7]
  return Buffer.concat([Buffer.from(head), payload])
}

const field = (value: string) => Buffer.concat([number16(value.length), Buffer.from(value)])

function number16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
