/** The bus of a single node, which hands each event to its listeners at once, and its roll call. */
import type { Bus, BusEvent, Present, Roll, RollCall, Topic } from '../core/bus-ports.ts'

/** Whoever carries events from elsewhere: told of each topic that gets its first listener, or loses its last. */
export interface Interest {
  begin(topic: Topic): void
  end(topic: Topic): void
}

export function createLocalBus(interest?: Interest): Bus {
  const listeners = new Map<Topic, Set<(event: BusEvent) => void>>()
  return {
    publish(topics, event) {
      for (const topic of topics) for (const listener of listeners.get(topic) ?? []) listener(event)
    },
    subscribe(topic, listener) {
      const set = listeners.get(topic) ?? new Set()
      if (set.size === 0) {
        listeners.set(topic, set)
        interest?.begin(topic)
      }
      set.add(listener)
      return () => {
        if (!set.delete(listener) || set.size > 0) return
        listeners.delete(topic)
        interest?.end(topic)
      }
    },
    onGap() {},
    isWhole: () => true,
    async close() {
      listeners.clear()
    },
  }
}

const answerNobody = (): Present => ({ people: [], active: [], sessions: [] })

export function createLocalRollCall(): RollCall {
  let answer: (asked: Roll) => Present = answerNobody
  return {
    answerWith(next) {
      answer = next
    },
    ask: async (asked) => answer(asked),
  }
}
