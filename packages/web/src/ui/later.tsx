/** Parts that the first screen does not need: fetched after it, and not drawn until they are here. */
import { useEffect, useSyncExternalStore, type FunctionComponent, type ReactNode } from 'react'
import { usePopups } from './popups.ts'
import { createStore } from './store.ts'

const againMs = 1_000

const loads: (() => Promise<void>)[] = []

/**
 * Draws the part as soon as it is here. Not by React's `lazy`: that shows what was suspended only after a pause of 300
 * milliseconds, the first time also where nothing had to be fetched any more.
 */
export function later<Props extends object>(
  fetchPart: () => Promise<FunctionComponent<Props>>,
): (props: Props) => ReactNode {
  const part = createStore<FunctionComponent<Props> | null>(null)
  let loading: Promise<void> | null = null

  function load(): Promise<void> {
    loading ??= fetchPart().then(part.set, () => {
      loading = null
    })
    return loading
  }

  loads.push(load)
  return function Later(props) {
    // These come with the pop-overs, which are fetched once the first screen is on the glass.
    const waits = usePopups() === null
    const Part = useSyncExternalStore(part.subscribe, part.state)
    useEffect(() => {
      if (waits || Part !== null) return
      void load()
      // Without a connection: again and again, while somebody waits for it.
      const trying = setInterval(() => void load(), againMs)
      return () => clearInterval(trying)
    }, [waits, Part])
    return waits || Part === null ? null : <Part {...props} />
  }
}

/** Call once, when nothing else is waited for: then nobody waits for a part later. */
export async function loadParts(): Promise<void> {
  await Promise.all(loads.map((load) => load()))
}
