/** The bus of a single node: hands each event to its listeners at once. */
import type { Bus, BusEvent, Topic } from '../core/ports.ts'

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
    async close() {
      listeners.clear()
    },
  }
}
