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
