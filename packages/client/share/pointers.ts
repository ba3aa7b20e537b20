/** Read pointers that were moved in this window, until a host's state shows it. */
import type { ClientState } from '../state.ts'

export interface Pointers {
  /** False where the pointer is there already, or further. */
  move(conversation: number, seq: number, state: ClientState): boolean
  /** Those that a host with this state must be told of. */
  lacking(state: ClientState): ReadonlyMap<number, number>
}

export function createPointers(): Pointers {
  const moved = new Map<number, number>()

  return {
    move(conversation, seq, state) {
      if (seq <= Math.max(shown(state, conversation), moved.get(conversation) ?? 0)) return false
      moved.set(conversation, seq)
      return true
    },
    lacking(state) {
      for (const [conversation, seq] of moved) if (shown(state, conversation) >= seq) moved.delete(conversation)
      return moved
    },
  }
}

function shown({ conversations }: ClientState, conversation: number): number {
  return conversations.get(conversation)?.read_seq ?? 0
}
