/** Tells listeners of changes, when it is time to. */

export interface Emitter {
  subscribe(listener: () => void): () => void
  emit(): void
}

export function createEmitter(schedule: (emit: () => void) => void): Emitter {
  const listeners = new Set<() => void>()
  let isScheduled = false

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit() {
      if (isScheduled) return
      isScheduled = true
      schedule(() => {
        isScheduled = false
        for (const listener of listeners) listener()
      })
    },
  }
}
