/** One sender at full speed: frames made once and only renumbered, answers and deliveries read by their bytes. */
import { readNumber, writeDigits } from './digits.ts'
import type { Lane, OtherLane } from './jobs.ts'
import { connect } from './log-in.ts'
import { createLane, type LaneEvents, type OpenLane } from './open-lane.ts'
import { openOtherLane } from './other-lane.ts'
import { text } from './texts.ts'
import { encodeText } from './web-socket.ts'

/** The first number is as long as the last, so that every frame has the same length. */
const firstId = 10_000_000
const idAt = '{"id":'.length
const answerAt = idAt + String(firstId).length + ',"'.length
const seqKey = Buffer.from('"seq":')
const [letterE, letterP] = [0x65, 0x70]

export async function openLane(port: number, lane: Lane, most: number, events: LaneEvents): Promise<OpenLane> {
  if (lane.kind === 'other') return openOtherLane(port, lane, most, events)
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
  const renumber = (batch: Buffer, start: number, index: number) => {
    writeDigits(batch, start + frame.idEnd, firstId + index, 10)
    writeDigits(batch, start + frame.messageIdEnd, index, 16)
  }
  return createLane(counts, sender, { bytes: frame.bytes, renumber }, most)
}

const messagePush = Buffer.from('{"push":"message"')

/** The ids of one run are like those of UUID version 7: one prefix of time, and growing. */
function makeFrame(lane: Exclude<Lane, OtherLane>) {
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
