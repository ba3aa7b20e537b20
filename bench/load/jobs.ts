/** What the load process can be told to do, and what it answers. */

/** One sender and where its messages go: to the other of two people, or straight back. */
export type Lane = PairLane | OtherLane | { readonly kind: 'echo' }

/** What the servers speak that Rookery is compared with. */
export type Protocol = 'xmpp' | 'irc' | 'mqtt'

/** Two people on one of those servers, by name. */
export interface OtherLane {
  readonly kind: 'other'
  readonly protocol: Protocol
  readonly from: string
  readonly to: string
}

export interface PairLane {
  readonly kind: 'pair'
  readonly conversation: number
  /** The sender's own number, and the other's. */
  readonly number: number
  readonly peer: number
  /** Tokens. */
  readonly sender: string
  readonly receiver: string
  /** Where the receiver connects, if that is another node. */
  readonly receiverPort?: number
}

interface Sending {
  readonly port: number
  readonly lanes: readonly Lane[]
  /** Seconds not counted, before those that are. */
  readonly warmUp: number
  readonly seconds: number
}

/**
 * Clients of the old protocol; `rate` null: as fast as they get replies; `password` null: nobody logs in, for a server
 * that sends back what it gets. UDP has the port of HTTP.
 */
export interface OldClientsJob {
  readonly kind: 'old-clients'
  readonly port: number
  readonly password: string | null
  readonly people: readonly { readonly number: number; readonly peer: number }[]
  readonly rate: number | null
  readonly warmUp: number
  readonly seconds: number
  /** Runs once they are logged in, in the same process: two that look at the clock all the time need two cores. */
  readonly beside: PaceJob | null
}

/** So many messages a second by schedule, whether or not earlier ones are answered. */
export type PaceJob = Sending & { readonly kind: 'pace'; readonly rate: number }

export type Job =
  /** Every lane has so many messages on the way, always. */
  | (Sending & { readonly kind: 'flood'; readonly window: number })
  | PaceJob
  | OldClientsJob
  /** Opens connections and leaves them open; with tokens, logs in on each, sharing the tokens out. */
  | { readonly kind: 'hold'; readonly port: number; readonly count: number; readonly tokens: readonly string[] | null }
  /** The same on another server: that many people, each logged in once. */
  | { readonly kind: 'hold-others'; readonly port: number; readonly protocol: Protocol; readonly count: number }
  /** The first of the tokens writes in the group, the others read; `rate` null: as fast as they all read. */
  | {
      readonly kind: 'fan-out'
      readonly port: number
      readonly tokens: readonly string[]
      readonly conversation: number
      readonly rate: number | null
      readonly seconds: number
      /** Messages on the way, without a rate. */
      readonly window: number
    }
  /** Each lane's sender reads its conversation, which has seqs from 1 to the last; so many pages in all. */
  | {
      readonly kind: 'pages'
      readonly port: number
      readonly lanes: readonly PairLane[]
      readonly last: number
      readonly count: number
    }
  | { readonly kind: 'fsync'; readonly folder: string; readonly count: number }
  /** Writes messages into a data folder, so many in a transaction. */
  | {
      readonly kind: 'inserts'
      readonly folder: string
      readonly pairs: readonly PairLane[]
      readonly batch: number
      readonly count: number
    }

export interface Latencies {
  readonly p50: number
  readonly p99: number
}

/** Every message sent in the whole job is in these, warm-up too. */
export interface Counts {
  readonly sent: number
  readonly acknowledged: number
  readonly delivered: number
}

export interface Results {
  /** `processor` is the share of one core that the load process used while it counted. */
  readonly flood: Counts & { readonly rate: number; readonly processor: number }
  /** Milliseconds from the moment that the schedule said; `late` is how far behind it the load process itself was. */
  readonly pace: Counts & { readonly ack: Latencies; readonly delivery: Latencies; readonly late: Latencies }
  readonly hold: { readonly rate: number }
  readonly 'hold-others': { readonly rate: number }
  /** Deliveries a second, and milliseconds from when a message was due to a delivery. */
  readonly 'fan-out': Latencies & { readonly rate: number; readonly sent: number; readonly delivered: number }
  /** Milliseconds from the moment that the schedule said; `processor` as for `flood`. */
  readonly 'old-clients': Latencies & {
    readonly rate: number
    readonly unanswered: number
    readonly processor: number
    readonly beside: Results['pace'] | null
  }
  /** Milliseconds from the question to its answer. */
  readonly pages: Latencies
  readonly fsync: Latencies
  /** `cost` is microseconds of processor time a message. */
  readonly inserts: { readonly rate: number; readonly cost: number }
}
