/** A lane on another server. Its messages must arrive in order too. */
import { dialects } from './dialects.ts'
import type { OtherLane } from './jobs.ts'
import { createLane, type LaneEvents, type OpenLane } from './open-lane.ts'
import { firstNumber } from './texts.ts'

export async function openOtherLane(
  port: number,
  lane: OtherLane,
  most: number,
  events: LaneEvents,
): Promise<OpenLane> {
  const counts = { sent: 0, acknowledged: 0, delivered: 0 }
  const dialect = dialects[lane.protocol]
  const acknowledged = () => {
    events.acknowledged(counts.acknowledged)
    counts.acknowledged += 1
  }

  await dialect.connect(port, lane.to, {
    lost: events.failed,
    flush: dialect.acknowledges ? () => {} : events.flush,
    acknowledged: () => events.failed('Nobody acknowledges what was not sent.'),
    delivered(number) {
      if (number !== firstNumber + counts.delivered) events.failed(`Out of order: ${number}.`)
      events.delivered(counts.delivered)
      counts.delivered += 1
      if (!dialect.acknowledges) acknowledged()
    },
  })
  const sender = await dialect.connect(port, lane.from, {
    lost: events.failed,
    flush: dialect.acknowledges ? events.flush : () => {},
    acknowledged,
    delivered: () => events.failed('Nobody writes to a sender.'),
  })

  const message = dialect.makeMessage(lane.to)
  const renumber = (batch: Buffer, start: number, index: number) => message.renumber(batch, start, firstNumber + index)
  return createLane(counts, sender, { bytes: message.bytes, renumber }, most)
}
