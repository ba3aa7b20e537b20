/** A message as its sender knows it. */

export interface Sending {
  readonly id: string
  readonly conversation: number
  readonly sender: number
  readonly text: string
  /** Messages of one line arrive in the order in which they were sent, and all of them do: those of one outbox. */
  readonly line?: string | undefined
}

export interface Sent extends Sending {
  /** Steps of one counter: the order in which things happened here. */
  readonly sentAt: number
  /** 0: not acknowledged. */
  readonly acknowledgedAt: number
  readonly seq: number
  /** It need not arrive: a device crashed before it had written it down, or a restore lost it. */
  readonly excused: boolean
}
