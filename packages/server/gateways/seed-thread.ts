/** One conversation as an old client has it: what the other one wrote past a pointer, to be counted and taken. */
import type { Answer, Head, Input, MembershipRow, MessageRow, OperationName } from '@rookery/protocol'
import { describeBody, splitText, type Layout } from './seed-replies.ts'

/** Old clients know conversations of two only. */
export type DirectRow = Extract<MembershipRow, { kind: 'direct' }>

export type Ask = <Name extends OperationName>(name: Name, input: Input<Name>) => Promise<Answer<Name>>

export interface Waiting {
  readonly sender: number
  readonly at: number
  readonly text: string
}

export interface SeedThread {
  membership: DirectRow
  /** The rev up to which the log is known. */
  readonly rev: number
  readonly hasNews: boolean
  /** The log goes so far. */
  learn(head: Head): void
  /** A row as pushed. False: it is not the next one, something was missed. */
  receive(row: MessageRow): boolean
  /** How many replies it takes to read what waits; counting stops somewhere past 1000. */
  count(): Promise<number>
  /** The message that comes next, or null. */
  peek(): Promise<MessageRow | null>
  /** Takes the next part of that message. */
  take(row: MessageRow): Waiting
}

const mostCounted = 1_000

/** @param read the pointer begins there. */
export function createSeedThread(ask: Ask, layout: Layout, membership: DirectRow, read: number): SeedThread {
  const { conversation, peer } = membership
  let rev = 0
  let lastSeq = 0
  /** Everything up to this seq was taken. */
  let pointer = read
  /** Of one message so many parts. */
  let taken = { seq: 0, parts: 0 }
  /** Null until it is counted. */
  let waiting: number | null = null
  /** The next one to take, once it was looked up: `09` looks at every thread to find the oldest. */
  let next: MessageRow | null = null

  /** The parts that were not taken. None of one's own, and of what is not delivered: what was taken back, for one. */
  function split(row: MessageRow): readonly string[] {
    const text = row.sender === peer ? describeBody(row.body) : null
    return text === null ? [] : splitText(text, layout).slice(taken.seq === row.seq ? taken.parts : 0)
  }

  /** Null where the server did not answer. */
  async function readPage(after: number, limit: number): Promise<MessageRow[] | null> {
    const page = await ask('messages.page', { conversation, after, limit })
    return page.ok && page.value.messages.length > 0 ? page.value.messages : null
  }

  async function countAgain(): Promise<number> {
    let total = 0
    for (let after = pointer; after < lastSeq && total < mostCounted;) {
      const rows = await readPage(after, 100)
      if (!rows) break
      for (const row of rows) total += split(row).length
      after = rows.at(-1)?.seq ?? lastSeq
    }
    return total
  }

  return {
    membership,
    get rev() {
      return rev
    },
    get hasNews() {
      return lastSeq > pointer
    },
    learn(head) {
      if (head.rev <= rev) return
      rev = head.rev
      lastSeq = head.last_seq
      waiting = null
      next = null
    },
    receive(row) {
      if (row.rev > rev + 1) return false
      if (row.rev <= rev) return true
      rev = row.rev
      if (row.seq > lastSeq) {
        const parts = split(row).length
        // Nothing waits before it: it need not be looked up, or there is nothing to deliver.
        if (lastSeq <= pointer && parts > 0) next = row
        else if (lastSeq <= pointer) pointer = Math.max(pointer, row.seq)
        lastSeq = row.seq
        if (waiting !== null) waiting += parts
      } else {
        // Edited or taken back: what waits may be less now.
        waiting = null
        next = null
      }
      return true
    },
    async count() {
      if (waiting !== null && waiting < mostCounted) return waiting
      const [known, total] = [rev, await countAgain()]
      // Not kept if the log went on while it was counted.
      waiting = known === rev ? total : null
      return total
    },
    async peek() {
      if (next && next.seq > pointer) return next
      while (lastSeq > pointer) {
        const rows = await readPage(pointer, 10)
        if (!rows) return null
        next = rows.find((row) => split(row).length > 0) ?? null
        if (next) return next
        // Nothing to deliver: passed over for good.
        pointer = rows.at(-1)?.seq ?? pointer
      }
      return null
    },
    take(row) {
      const [text = '', ...rest] = split(row)
      taken = { seq: row.seq, parts: (taken.seq === row.seq ? taken.parts : 0) + 1 }
      if (waiting !== null) waiting -= 1
      if (rest.length === 0) {
        pointer = row.seq
        // Not waited for: should it be lost in a crash, the message waits again.
        void ask('conversations.read', { conversation, seq: row.seq })
      }
      return { sender: row.sender, at: row.at, text }
    },
  }
}
