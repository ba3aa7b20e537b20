/**
 * What waits for one old client: the messages from others past the session's own pointers. These begin where the user
 * has read to at log-in, and move the user's along; what is read elsewhere meanwhile still waits here.
 */
import { LIMITS, type MembershipRow, type Push } from '@rookery/protocol'
import type { Layout } from './seed-replies.ts'
import { createSeedThread, type Ask, type SeedThread, type Waiting } from './seed-thread.ts'

export interface SeedInbox {
  /** Notes where the pointers begin. */
  open(): Promise<void>
  /** A frame as every device gets them: its rows are applied if they are the next ones, else it is time to compare. */
  receive(frame: string): void
  /** Something may have changed: compare at the next request. */
  markStale(): void
  /** The conversation with somebody, if they may write to each other. */
  findConversation(peer: number): Promise<number | null>
  /** How many replies it takes to read what waits. */
  count(from: number | 'all'): Promise<number>
  /** Takes the oldest that waits, or null. */
  take(from: number | 'all'): Promise<Waiting | null>
}

export function createSeedInbox(ask: Ask, layout: Layout): SeedInbox {
  const threads = new Map<number, SeedThread>()
  let epoch = ''
  let rev = 0
  let cursor = ''
  /** Conversations whose revs the cursor does not say: pushes moved them since. */
  const moved = new Set<number>()
  /** Conversations that old clients cannot have: groups, and the one with oneself. */
  const passedOver = new Set<number>()
  let me: number | null = null
  let stale = true
  let opened = false

  function put(row: MembershipRow): void {
    if (row.kind === 'group' || row.peer === me) return void passedOver.add(row.conversation)
    const known = threads.get(row.conversation)
    if (known) known.membership = row.rev > known.membership.rev ? row : known.membership
    // A conversation begun since log-in has nothing that was read before.
    else threads.set(row.conversation, createSeedThread(ask, layout, row, opened ? 0 : row.read_seq))
  }

  function receive(frame: string): void {
    const push = JSON.parse(frame) as Push
    if (push.push === 'compare') stale = true
    if (push.push === 'message' && !passedOver.has(push.row.conversation)) {
      stale ||= !threads.get(push.row.conversation)?.receive(push.row)
      moved.add(push.row.conversation)
    }
    if (push.push === 'mine') {
      const fresh = [...push.contacts, ...push.memberships, ...push.requests, ...push.settings]
        .map((row) => row.rev)
        .filter((own) => own > rev)
      fresh.sort((a, b) => a - b)
      if (fresh.some((own, index) => own !== rev + 1 + index)) stale = true
      else {
        push.memberships.filter((row) => row.rev > rev).forEach(put)
        rev += fresh.length
      }
    }
  }

  async function findMe(): Promise<number | null> {
    const current = await ask('sessions.current', {})
    return current.ok ? current.value.me.number : null
  }

  /** The same comparison as every other device's. */
  async function refresh(): Promise<void> {
    me ??= await findMe()
    while (stale) {
      stale = false
      const told = [...moved].slice(0, LIMITS.syncHeads)
      const heads = told.map((conversation): [number, number] => [conversation, threads.get(conversation)?.rev ?? 0])
      const answer = await ask('sync', { epoch, rev, cursor, heads })
      if (!answer.ok) return void (stale = true)
      const { memberships, conversations, more, reset } = answer.value
      if (reset) {
        threads.clear()
        passedOver.clear()
        rev = 0
      }
      if (reset || !more) for (const conversation of told) moved.delete(conversation)
      epoch = answer.value.epoch
      cursor = answer.value.cursor
      rev = Math.max(rev, answer.value.rev)
      memberships.forEach(put)
      for (const head of conversations) threads.get(head.conversation)?.learn(head)
      stale ||= more
    }
    opened = true
  }

  async function select(from: number | 'all'): Promise<SeedThread[]> {
    await refresh()
    return [...threads.values()].filter(
      (thread) => (from === 'all' || thread.membership.peer === from) && thread.hasNews,
    )
  }

  return {
    open: refresh,
    receive,
    markStale() {
      stale = true
    },
    async findConversation(peer) {
      await refresh()
      const memberships = Array.from(threads.values(), ({ membership }) => membership)
      return memberships.find((row) => row.peer === peer && row.writable)?.conversation ?? null
    },
    async count(from) {
      const counts = await Promise.all((await select(from)).map((thread) => thread.count()))
      return counts.reduce((sum, one) => sum + one, 0)
    },
    async take(from) {
      const peeked = await Promise.all(
        (await select(from)).map(async (thread) => ({ thread, row: await thread.peek() })),
      )
      const waiting = peeked.flatMap(({ thread, row }) => (row ? [{ thread, row }] : []))
      // Conversations have no common order: between them, time decides what is shown first.
      waiting.sort((a, b) => a.row.at - b.row.at || a.row.conversation - b.row.conversation)
      return waiting[0] ? waiting[0].thread.take(waiting[0].row) : null
    },
  }
}
