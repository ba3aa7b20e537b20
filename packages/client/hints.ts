/** Who is writing, how far others have read: not kept in step, but asked for when somebody looks. */
import { LIMITS, type Push } from '@rookery/protocol'
import { applyRead, applyTyping } from './apply.ts'
import type { Connection } from './connection.ts'
import type { ClientState } from './state.ts'

export interface HintParts {
  readonly call: Connection['call']
  state(): ClientState
  set(state: ClientState): void
}

export interface Hints {
  look(conversations: readonly number[]): void
  typing(conversation: number): void
  /** Something was sent: what is written from now on is the next message. */
  sent(conversation: number): void
  /** Somebody said something: they have stopped writing, whatever was on its way to say that they write. */
  heard(conversation: number, number: number): void
  receive(push: Extract<Push, { push: 'read' | 'typing' }>): void
  /** After each reconnect: first says what is looked at, then asks how it stands. */
  refresh(): Promise<void>
}

/** Milliseconds between two notices of one's own writing; and how long another's is believed. */
const typingEvery = 3_000
const typingLasts = 6_000
/** A hint takes another way through the server than a message: it may come after what it announces, but not long after. */
const overtakenMs = 300
/** What is written just after something was sent is told only when it is not taken for that. */
const quietMs = overtakenMs + 100

export function createHints({ call, state, set }: HintParts): Hints {
  let looked: readonly number[] = []
  const told = new Map<number, number>()
  const believed = new Map<string, ReturnType<typeof setTimeout>>()
  const said = new Map<string, number>()

  async function askReaders(conversation: number): Promise<void> {
    const answer = await call('conversations.open', { conversation })
    if (!answer.ok) return
    const { readers } = answer.value
    set(readers.reduce((so, { number, read_seq }) => applyRead(so, conversation, number, read_seq), state()))
  }

  function believe(conversation: number, number: number): void {
    const key = keyOf(conversation, number)
    if (performance.now() - (said.get(key) ?? Number.NEGATIVE_INFINITY) < overtakenMs) return
    clearTimeout(believed.get(key))
    set(applyTyping(state(), conversation, number, true))
    const stop = () => {
      believed.delete(key)
      set(applyTyping(state(), conversation, number, false))
    }
    believed.set(key, setTimeout(stop, typingLasts))
  }

  return {
    look(conversations) {
      const next = [...new Set(conversations)].filter((id) => id > 0).slice(0, LIMITS.watchedConversations)
      const fresh = next.filter((id) => !looked.includes(id))
      if (fresh.length === 0 && next.length === looked.length) return
      looked = next
      void call('hints.watch', { presence: true, conversations: [...next] })
      for (const id of fresh) void askReaders(id)
    },
    typing(conversation) {
      if (performance.now() - (told.get(conversation) ?? Number.NEGATIVE_INFINITY) < typingEvery) return
      told.set(conversation, performance.now())
      void call('conversations.typing', { conversation })
    },
    sent(conversation) {
      told.set(conversation, performance.now() - typingEvery + quietMs)
    },
    heard(conversation, number) {
      said.set(keyOf(conversation, number), performance.now())
    },
    receive(push) {
      switch (push.push) {
        case 'read':
          return set(applyRead(state(), push.conversation, push.number, push.read_seq))
        case 'typing':
          return believe(push.conversation, push.number)
      }
    },
    async refresh() {
      const watching = call('hints.watch', { presence: true, conversations: [...looked] })
      for (const id of looked) void askReaders(id)
      await watching
    },
  }
}

function keyOf(conversation: number, number: number): string {
  return `${conversation} ${number}`
}
