/** The bus of a single node, which hands each event to its listeners at once, and its roll call. */
import type { Bus, BusEvent, Roll, RollCall, Topic } from '../core/bus-ports.ts'

export function createLocalBus(): Bus {
  const listeners = new Map<Topic, Set<(event: BusEvent) => void>>()
  return {
    publish(topics, event) {
      for (const topic of topics) for (const listener of listeners.get(topic) ?? []) listener(event)
    },
    subscribe(topic, listener) {
      const set = listeners.get(topic) ?? new Set()
      listeners.set(topic, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(topic) === set) listeners.delete(topic)
      }
    },
    onGap() {},
    isWhole: () => true,
    async close() {
      listeners.clear()
    },
  }
}

const answerNobody = (): Roll => ({ people: [], sessions: [] })

export function createLocalRollCall(): RollCall {
  let answer: (asked: Roll) => Roll = answerNobody
  return {
    answerWith(next) {
      answer = next
    },
    ask: async (asked) => answer(asked),
  }
}
