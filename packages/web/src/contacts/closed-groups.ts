/** Which contact groups are folded, in this browser, by person. */
import { useSyncExternalStore } from 'react'
import { createStore, type Store } from '../ui/store.ts'
import { useMe } from '../session/use-session.tsx'

const prefix = 'rookery.closedGroups.'
const stores = new Map<number, Store<ReadonlySet<string>>>()

function storeOf(person: number): Store<ReadonlySet<string>> {
  const known = stores.get(person)
  if (known) return known
  const store = createStore<ReadonlySet<string>>(new Set(read(person)))
  stores.set(person, store)
  return store
}

function read(person: number): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(prefix + person) ?? '[]')
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}

/** The names of those that are folded, and what folds or unfolds one. */
export function useClosedGroups(): [ReadonlySet<string>, (name: string) => void] {
  const { number } = useMe()
  const store = storeOf(number)
  const closed = useSyncExternalStore(store.subscribe, store.state)
  return [
    closed,
    (name) => {
      const next = new Set(closed)
      if (!next.delete(name)) next.add(name)
      localStorage.setItem(prefix + number, JSON.stringify([...next]))
      store.set(next)
    },
  ]
}
