/**
 * What waits for one old client: the messages from others past the session's own pointers. These begin where the user
 * has read to at log-in, and move the user's along; what is read elsewhere meanwhile still waits here.
 */
import type { Answer, Input, MessageRow, OperationName } from '@rookery/protocol'
import { describeBody, splitText, type Layout } from './seed-replies.ts'

export type Ask = <Name extends OperationName>(name: Name, input: Input<Name>) => Promise<Answer<Name>>

export interface Waiting {
  readonly sender: number
  readonly at: number
  readonly text: string
}

export interface SeedInbox {
  /** Notes where the pointers begin. */
  open(): Promise<void>
  /** Something may have changed: look again at the next request. */
  markStale(): void
  /** The conversation with somebody, if they may write to each other. */
  findConversation(peer: number): Promise<number | null>
  /** How many replies it takes to read what waits; counting stops somewhere past 1000. */
  count(from: number | 'all'): Promise<number>
  /** Takes the oldest that waits, or null. */
  take(from: number | 'all'): Promise<Waiting | null>
}

interface Thread {
  readonly peer: number
  readonly conversation: number
  writable: boolean
  lastSeq: number
  rev: number
  /** Everything up to this seq was taken; of the next message, so many parts. */
  pointer: number
  parts: number
}

const pageSize = 100
const mostCounted = 1_000

export function createSeedInbox(ask: Ask, layout: Layout): SeedInbox {
  const threads = new Map<number, Thread>()
  let epoch = ''
  let rev = 0
  let stale = true
  let opened = false

  /** The same comparison as every other device's. */
  async function refresh(): Promise<void> {
    while (stale) {
      stale = false
      const heads = Array.from(threads.values(), (thread): [number, number] => [thread.conversation, thread.rev])
      const answer = await ask('sync', { epoch, rev, heads })
      if (!answer.ok) return void (stale = true)
      const { memberships, conversations, more } = answer.value
      if (epoch !== answer.value.epoch) threads.clear()
      ;({ epoch, rev } = answer.value)
      for (const { conversation, peer, writable, read_seq } of memberships) {
        const known = threads.get(conversation)
        if (known) known.writable = writable
        else {
          // A conversation begun since log-in has nothing that was read before.
          const pointer = opened ? 0 : read_seq
          threads.set(conversation, { peer, conversation, writable, lastSeq: 0, rev: 0, pointer, parts: 0 })
        }
      }
      for (const head of conversations) {
        const thread = threads.get(head.conversation)
        if (thread) Object.assign(thread, { lastSeq: head.last_seq, rev: head.rev })
      }
      stale ||= more
    }
    opened = true
  }

  async function select(from: number | 'all'): Promise<Thread[]> {
    await refresh()
    return [...threads.values()].filter(
      (thread) => (from === 'all' || thread.peer === from) && thread.lastSeq > thread.pointer,
    )
  }

  async function readPage({ conversation }: Thread, after: number): Promise<MessageRow[]> {
    const page = await ask('messages.page', { conversation, after, limit: pageSize })
    return page.ok ? page.value.messages : []
  }

  const split = (row: MessageRow) => splitText(describeBody(row.body), layout)

  async function countIn(thread: Thread): Promise<number> {
    let total = -thread.parts
    for (let after = thread.pointer; total < mostCounted;) {
      const rows = await readPage(thread, after)
      for (const row of rows) if (row.sender === thread.peer) total += split(row).length
      after = rows.at(-1)?.seq ?? thread.lastSeq
      if (rows.length < pageSize) return total
    }
    return total
  }

  /** The next message from the other one; one's own on the way there are passed over for good. */
  async function findNext(thread: Thread): Promise<MessageRow | null> {
    while (thread.lastSeq > thread.pointer) {
      const rows = await readPage(thread, thread.pointer)
      const next = rows.find(({ sender }) => sender === thread.peer)
      if (next) return next
      thread.pointer = rows.at(-1)?.seq ?? thread.lastSeq
    }
    return null
  }

  function takePart(thread: Thread, row: MessageRow): Waiting {
    const parts = split(row)
    const text = parts[thread.parts] ?? ''
    thread.parts += 1
    if (thread.parts >= parts.length) {
      thread.pointer = row.seq
      thread.parts = 0
      // Not waited for: should it be lost in a crash, the message waits again.
      void ask('conversations.read', { conversation: thread.conversation, seq: row.seq })
    }
    return { sender: row.sender, at: row.at, text }
  }

  return {
    open: refresh,
    markStale() {
      stale = true
    },
    async findConversation(peer) {
      await refresh()
      const thread = [...threads.values()].find((one) => one.peer === peer)
      return thread?.writable ? thread.conversation : null
    },
    async count(from) {
      const counts = await Promise.all((await select(from)).map(countIn))
      return counts.reduce((sum, one) => sum + one, 0)
    },
    async take(from) {
      const candidates = await Promise.all(
        (await select(from)).map(async (thread) => ({ thread, row: await findNext(thread) })),
      )
      const waiting = candidates.flatMap(({ thread, row }) => (row ? [{ thread, row }] : []))
      // Conversations have no common order: between them, time decides what is shown first.
      waiting.sort((a, b) => a.row.at - b.row.at || a.thread.conversation - b.thread.conversation)
      return waiting[0] ? takePart(waiting[0].thread, waiting[0].row) : null
    },
  }
}
