/** One value that screens follow: the small stores of the page are made of this. */

export interface Store<Value> {
  readonly state: () => Value
  readonly subscribe: (listener: () => void) => () => void
  readonly set: (value: Value) => void
}

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    state: () => value,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
  }
}
