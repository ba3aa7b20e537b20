/** Keeps a device in step: asks for the difference until there is none, and checks that there is none. */
import type { MessageRow } from '@rookery/protocol'
import { applySync, doubtEverything, forgetHistory, headsToTell, isToBeCounted, sumRevs } from './comparison.ts'
import type { Connection } from './connection.ts'
import type { Held } from './held.ts'

export interface SyncParts {
  readonly call: Connection['call']
  held(): Held
  /**
   * @param rows the messages that came with it.
   * @param stale conversations of which nothing else is worth keeping.
   */
  set(held: Held, rows: readonly MessageRow[], stale?: readonly number[]): void
  /** The device is in step, and knows of which history the server is. */
  onCompared(): void
}

export interface Sync {
  /** Whatever asks while a comparison is under way is served by one more round. */
  compare(): Promise<void>
  /** A push was applied: what is held may be ahead of an answer under way. */
  noteTouch(): void
}

/** Milliseconds before comparing again where the server could not just now. */
const pause = 2_000

/** Starting over is for copies that are wrong, not for a server that is: at most once in so many milliseconds. */
const resetEvery = 60_000

/** Whoever moves a read pointer again and again while being counted waits for the next comparison. */
const mostRecounts = 10

type Verdict = 'complete' | 'lacking' | 'foreign'

export function createSync({ call, held, set, onCompared }: SyncParts): Sync {
  let comparing = false
  let askedAgain = false
  let touches = 0
  let lastReset = Number.NEGATIVE_INFINITY

  async function compare(): Promise<void> {
    askedAgain = true
    if (comparing) return
    comparing = true
    try {
      while (askedAgain) {
        askedAgain = false
        if (!(await pullAll())) break
        onCompared()
      }
    } finally {
      comparing = false
    }
  }

  /** False where the server gave no answer. */
  async function pullAll(): Promise<boolean> {
    const first = await pull()
    if (first !== 'lacking') return startOverIf(first === 'foreign', first !== null)
    set(doubtEverything(held()), [])
    const second = await pull()
    return startOverIf(second === 'lacking' || second === 'foreign', second !== null)
  }

  async function startOverIf(isWrong: boolean, answered: boolean): Promise<boolean> {
    if (!isWrong || performance.now() - lastReset < resetEvery) return answered
    lastReset = performance.now()
    set(forgetHistory(held()), [])
    return (await pull()) !== null
  }

  /** Asks until there is no more. Null where the server gave no answer. */
  async function pull(): Promise<Verdict | null> {
    for (let recounts = 0; ;) {
      const { epoch, rev, cursor, state } = held()
      const heads = headsToTell(state)
      const before = touches
      const answer = await call('sync', { epoch, rev, cursor, heads: heads.map(([id, known]) => [id, known]) })
      if (!answer.ok) {
        if (answer.code !== 'unreachable') setTimeout(() => void compare(), answer.retry_after_ms ?? pause)
        return null
      }
      const { value } = answer
      const next = applySync(held(), value, heads, state)
      const stale = value.conversations.filter((changed) => changed.stale).map(({ conversation }) => conversation)
      const kept = stale.flatMap((id) => next.state.conversations.get(id)?.messages ?? [])
      set(next, [...kept, ...value.conversations.flatMap(({ messages }) => messages)], stale)
      const isCounted = ![...next.state.conversations.values()].some(isToBeCounted)
      if (!isCounted) recounts += 1
      const mayRecount = !isCounted && recounts <= mostRecounts
      if (value.more || mayRecount || (headsToTell(next.state).length > 0 && touches === before)) continue
      return judge(sumRevs(next.state), value.total, touches === before)
    }
  }

  return {
    compare,
    noteTouch() {
      touches += 1
    },
  }
}

/** No device is ahead of the server, unless by a push that came meanwhile: one that is knows another history. */
function judge(own: number, total: number, isStill: boolean): Verdict {
  if (own < total) return 'lacking'
  return own > total && isStill ? 'foreign' : 'complete'
}
