/** Read pointers on their way to the server: one request at a time for each conversation, with the newest. */
import { errors } from '@rookery/protocol'
import type { Connection } from './connection.ts'
import { putConversation } from './held.ts'
import type { ClientState } from './state.ts'

export interface ReadParts {
  readonly call: Connection['call']
  state(): ClientState
  set(state: ClientState): void
  /** The pointer is on the server: it can count now. */
  onTold(conversation: number): void
}

export interface Reads {
  /** Tells the server where the pointer of this conversation stands. */
  tell(conversation: number): Promise<void>
  /** All that the server has not heard of: after a reconnect. */
  tellAll(): Promise<void>
}

export function createReads({ call, state, set, onTold }: ReadParts): Reads {
  const busy = new Set<number>()

  async function tell(id: number): Promise<void> {
    if (busy.has(id)) return
    busy.add(id)
    for (;;) {
      const held = state().conversations.get(id)
      if (!held || held.read_seq <= held.told_read_seq) break
      const answer = await call('conversations.read', { conversation: id, seq: held.read_seq })
      if (!answer.ok && errors[answer.code].retry !== 'no') break
      const now = state().conversations.get(id)
      if (now) set(putConversation(state(), { ...now, told_read_seq: Math.max(now.told_read_seq, held.read_seq) }))
      onTold(id)
    }
    busy.delete(id)
  }

  return {
    tell,
    async tellAll() {
      const behind = [...state().conversations.values()].filter(
        ({ read_seq, told_read_seq }) => read_seq > told_read_seq,
      )
      await Promise.all(behind.map(({ id }) => tell(id)))
    },
  }
}
