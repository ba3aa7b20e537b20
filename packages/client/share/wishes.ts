/** What this window draws and nobody knew yet, until a host's state shows it. */
import { findMessage } from '../loaded.ts'
import type { ClientState } from '../state.ts'
import type { Wish } from './protocol.ts'

export interface Wishes {
  /** False where it was wished for already. */
  add(wish: Wish): boolean
  /** Those that a host with this state must be told of. */
  lacking(state: ClientState): readonly Wish[]
}

export function createWishes(): Wishes {
  const wishes = new Map<string, Wish>()

  return {
    add(wish) {
      const key = keyOf(wish)
      if (wishes.has(key)) return false
      wishes.set(key, wish)
      return true
    },
    lacking(state) {
      for (const [key, wish] of wishes) if (isFulfilled(state, wish)) wishes.delete(key)
      return [...wishes.values()]
    },
  }
}

function keyOf(wish: Wish): string {
  return `${wish.kind} ${wish.conversation} ${wish.kind === 'know' ? wish.number : wish.seq}`
}

function isFulfilled(state: ClientState, wish: Wish): boolean {
  if (wish.kind === 'quoted') return findMessage(state, wish.conversation, wish.seq) !== undefined
  const { conversation, number } = wish
  const known = conversation === null ? state.people : state.groupPeople.get(conversation)?.people
  return known?.has(number) === true
}
