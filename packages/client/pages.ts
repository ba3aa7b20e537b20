/** Messages that are read on demand, held ones or the server's: older ones, and those around a place. */
import { LIMITS, type Input, type MessageRow } from '@rookery/protocol'
import { applyOlder } from './apply.ts'
import { applyAround, extendAround, leaveAround } from './around.ts'
import type { Connection } from './connection.ts'
import { firstSeq } from './loaded.ts'
import type { Overtaking } from './overtaking.ts'
import type { ClientState, Conversation } from './state.ts'

export interface PageParts {
  readonly call: Connection['call']
  state(): ClientState
  set(state: ClientState, rows: readonly MessageRow[]): void
  /** The newest held rows right below a place, oldest first, without a hole. */
  readHeld(conversation: number, before: number, limit: number): Promise<readonly MessageRow[]>
  readonly overtaking: Overtaking
}

export interface Pages {
  /** Of what is shown: below the place that was jumped to, or below the newest ones. */
  loadOlder(conversation: number): Promise<boolean>
  /** Above the place that was jumped to. */
  loadNewer(conversation: number): Promise<boolean>
  loadAround(conversation: number, seq: number): Promise<boolean>
  leaveAround(conversation: number): void
}

const pageSize = LIMITS.pageMessages
/** Messages on either side of a place that is jumped to. */
const half = 50

export function createPages({ call, state, set, readHeld, overtaking }: PageParts): Pages {
  const find = (id: number) => state().conversations.get(id)

  async function ask(input: Input<'messages.page'>): Promise<readonly MessageRow[]> {
    const page = await call('messages.page', input)
    return page.ok ? page.value.messages : []
  }

  /** Those that are for us: a conversation that was left and joined again begins later. */
  async function read(id: number, look: () => Promise<readonly MessageRow[]>): Promise<readonly MessageRow[]> {
    const rows = (await overtaking.guard(id, look)) ?? []
    const from = find(id)?.from_seq ?? Number.POSITIVE_INFINITY
    return rows.filter(({ seq }) => seq > from)
  }

  async function findOlder(conversation: number, before: number): Promise<readonly MessageRow[]> {
    const held = await readHeld(conversation, before, pageSize)
    return held.length > 0 ? held : ask({ conversation, before, limit: pageSize })
  }

  async function findNewer({ id, last_seq }: Conversation, after: number): Promise<readonly MessageRow[]> {
    const held = await readHeld(id, Math.min(after + pageSize, last_seq) + 1, pageSize)
    const newer = held.filter(({ seq }) => seq > after)
    return newer[0]?.seq === after + 1 ? newer : ask({ conversation: id, after, limit: pageSize })
  }

  async function findAround({ id, last_seq }: Conversation, seq: number): Promise<readonly MessageRow[]> {
    const held = await readHeld(id, Math.min(seq + half, last_seq) + 1, 2 * half)
    if (held.some((row) => row.seq === seq)) return held
    const sides = await Promise.all([
      ask({ conversation: id, before: seq + 1, limit: half }),
      ask({ conversation: id, after: seq, limit: half }),
    ])
    return sides.flat()
  }

  return {
    async loadOlder(id) {
      const conversation = find(id)
      if (!conversation) return false
      const { around, from_seq } = conversation
      const oldest = around?.messages[0]?.seq ?? firstSeq(conversation)
      if (oldest <= from_seq + 1) return false
      const rows = await read(id, () => findOlder(id, oldest))
      set((around ? extendAround : applyOlder)(state(), id, rows), rows)
      return (rows[0]?.seq ?? 0) > from_seq + 1
    },
    async loadNewer(id) {
      const conversation = find(id)
      const newest = conversation?.around?.messages.at(-1)?.seq
      if (!conversation || newest === undefined) return false
      const rows = await read(id, () => findNewer(conversation, newest))
      set(extendAround(state(), id, rows), rows)
      return rows.length > 0 && (find(id)?.around ?? null) !== null
    },
    async loadAround(id, seq) {
      const conversation = find(id)
      if (!conversation || seq <= conversation.from_seq || seq > conversation.last_seq) return false
      if (seq >= firstSeq(conversation)) {
        set(leaveAround(state(), id), [])
        return true
      }
      if (conversation.around?.messages.some((row) => row.seq === seq)) return true
      const rows = await read(id, () => findAround(conversation, seq))
      if (!rows.some((row) => row.seq === seq)) return false
      set(applyAround(state(), id, rows), rows)
      return true
    },
    leaveAround(id) {
      set(leaveAround(state(), id), [])
    },
  }
}
