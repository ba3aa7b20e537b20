/** One sender at full speed: frames made once and only renumbered, answers and deliveries read by their bytes. */
import type { Lane } from './jobs.ts'
import { connect } from './log-in.ts'
import { encodeText } from './web-socket.ts'

export interface OpenLane {
  readonly sent: number
  readonly acknowledged: number
  readonly delivered: number
  /** Sends so many messages in one write, no more than `most`. */
  send(count: number): void
}

export interface LaneEvents {
  /** Which of this lane's messages, from 0. */
  acknowledged(message: number): void
  delivered(message: number): void
  /** Everything that arrived at once has been told. */
  flush(): void
  failed(reason: string): void
}

/** The first number is as long as the last, so that every frame has the same length. */
const firstId = 10_000_000
const idAt = '{"id":'.length
const answerAt = idAt + String(firstId).length + ',"'.length
const seqKey = Buffer.from('"seq":')
const text = 'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of'.padEnd(
  100,
  '.',
)
const [letterE, letterP, digit0] = [0x65, 0x70, 0x30]

export async function openLane(port: number, lane: Lane, most: number, events: LaneEvents): Promise<OpenLane> {
  const counts = { sent: 0, acknowledged: 0, delivered: 0 }
  const lost = events.failed

  const sender = await connect(port, lane.kind === 'pair' ? lane.sender : null, {
    lost,
    flush: events.flush,
    frame(bytes, start, end) {
      if (bytes[start + 2] === letterP) return
      if (bytes[start + answerAt] === letterE) return events.failed(bytes.toString('utf8', start, end))
      counts.acknowledged += 1
      events.acknowledged(readNumber(bytes, start + idAt) - firstId)
    },
  })
  if (lane.kind === 'pair') {
    await connect(lane.receiverPort ?? port, lane.receiver, {
      lost,
      flush: () => {},
      frame(bytes, start, end) {
        if (!bytes.subarray(start, start + 17).equals(messagePush)) return
        counts.delivered += 1
        const seq = readNumber(bytes, bytes.indexOf(seqKey, start) + seqKey.length)
        if (seq !== counts.delivered) events.failed(`Out of order: ${bytes.toString('utf8', start, end)}`)
        events.delivered(seq - 1)
      },
    })
  }

  const frame = makeFrame(lane)
  const batch = Buffer.concat(Array.from({ length: most }, () => frame.bytes))

  return {
    get sent() {
      return counts.sent
    },
    get acknowledged() {
      return counts.acknowledged
    },
    get delivered() {
      return counts.delivered
    },
    send(count) {
      for (let index = 0; index < count; index += 1) {
        const start = index * frame.bytes.length
        writeDigits(batch, start + frame.idEnd, firstId + counts.sent, 10)
        writeDigits(batch, start + frame.messageIdEnd, counts.sent, 16)
        counts.sent += 1
      }
      sender.write(batch.subarray(0, count * frame.bytes.length))
    },
  }
}

const messagePush = Buffer.from('{"push":"message"')

/** The ids of one run are like those of UUID version 7: one prefix of time, and growing. */
function makeFrame(lane: Lane) {
  const conversation = lane.kind === 'pair' ? lane.conversation : 1
  const time = Date.now().toString(16).padStart(12, '0')
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
  const body = { kind: 'text', text }
  const bytes = encodeText(JSON.stringify({ id: firstId, op: 'messages.send', in: { conversation, id, body } }))
  return {
    bytes,
    idEnd: bytes.indexOf(String(firstId)) + String(firstId).length,
    messageIdEnd: bytes.indexOf(id) + id.length,
  }
}

function readNumber(bytes: Buffer, start: number): number {
  let value = 0
  for (let at = start; ; at += 1) {
    const digit = (bytes[at] ?? 0) - digit0
    if (digit < 0 || digit > 9) return value
    value = value * 10 + digit
  }
}

/** Overwrites the digits that end there; those to the left stay as they are. */
function writeDigits(bytes: Buffer, end: number, value: number, base: 10 | 16): void {
  let at = end
  for (let left = value; left > 0; left = Math.floor(left / base)) {
    at -= 1
    const digit = left % base
    bytes[at] = digit < 10 ? digit0 + digit : letterA + digit - 10
  }
}

const letterA = 0x61
