/** What nodes say to each other. Every implementation passes the contract suite beside it. */

/**
 * Carries what was committed to whoever has a device connected, on whichever node. It may lose anything: the store is
 * the truth. What one publisher puts on one topic arrives in that order, each at most once. The publisher's own
 * listeners have heard by the time `publish` returns. A loss is noticed (`onGap`), if later.
 */
export interface Bus {
  publish(topics: readonly Topic[], event: BusEvent): void
  /** Returns the way to stop listening. */
  subscribe(topic: Topic, listener: (event: BusEvent) => void): () => void
  /**
   * Calls `listener` whenever something may be missing here, or wrong: events were lost, here or on their way from
   * another node, or a node is gone with the people that it had. By then this node hears again whatever comes, so who
   * asks the store now, and listens, misses nothing. A bus without other nodes never calls it.
   */
  onGap(listener: () => void): void
  /** False while what other nodes publish may not arrive. Always true where there are none. */
  isWhole(): boolean
  /** Leaves the others without a gap. What was published before is sent; nothing is heard or sent any more. */
  close(): Promise<void>
}

/** A person's devices, or the members of a conversation. */
export type Topic = `user.${number}` | `group.${number}`

/** Who is online, or one conversation. */
export type HintAbout = 'presence' | number

/** Since when somebody is in a group: messages up to `from_seq` came before their time. */
export interface Joined {
  readonly conversation: number
  readonly from_seq: number
}

export type BusEvent =
  /**
   * `frame` is encoded once, by whoever publishes; `except` is the socket that knows already. `message`: it is what a
   * message says, on a group's topic, for those only whose time began before it. The others are told its rev.
   */
  | {
      readonly kind: 'frame'
      readonly frame: string
      readonly except: string | null
      readonly message?: { readonly seq: number; readonly rev: number }
    }
  /** For sockets that watch what it is `about`; of two with one `key` only the later one matters. */
  | { readonly kind: 'hint'; readonly about: HintAbout; readonly key: string; readonly frame: string }
  /** On a person's topic: from now on their sockets hear these groups, and those no longer. */
  | { readonly kind: 'groups'; readonly joined: readonly Joined[]; readonly left: readonly number[] }
  /** `except` is the socket that asked for it, and closes when it has its answer. */
  | { readonly kind: 'sessions_ended'; readonly sessions: readonly string[]; readonly except: string | null }

/** People, and sessions. */
export interface Roll {
  readonly people: readonly number[]
  readonly sessions: readonly string[]
}

/** Whom some node has; `active` are those of `people` who use one of their devices: the others let theirs rest. */
export interface Present extends Roll {
  readonly active: readonly number[]
}

/** Asks the nodes who is there. A node that is gone, cut off, or too slow (half a second) has nobody. */
export interface RollCall {
  /** What this node answers: those that it has, of those asked for. */
  answerWith(answer: (asked: Roll) => Present): void
  /** Those of them whom some node has; this one's own answer is always among it. In no order, each once. */
  ask(asked: Roll): Promise<Present>
}
