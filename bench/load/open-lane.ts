/** A lane that is open: what it has done, and what it tells. */

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

export type LaneCounts = { sent: number; acknowledged: number; delivered: number }

export interface Message {
  readonly bytes: Buffer
  /** @param index which of the lane's messages, from 0, the copy that begins at `start` is to be. */
  renumber(batch: Buffer, start: number, index: number): void
}

/** A message is made once, and only its number written anew. @param counts kept up by whoever opens the lane, but for `sent`. */
export function createLane(
  counts: LaneCounts,
  sender: { write(bytes: Buffer): void },
  { bytes, renumber }: Message,
  most: number,
): OpenLane {
  const batch = Buffer.concat(Array.from({ length: most }, () => bytes))
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
        renumber(batch, index * bytes.length, counts.sent)
        counts.sent += 1
      }
      sender.write(batch.subarray(0, count * bytes.length))
    },
  }
}
