/** Parts that the first screen does not need: fetched after it, and not drawn until they are here. */
import { useEffect, useSyncExternalStore, type FunctionComponent, type ReactNode } from 'react'
import { startLeisure } from './first-screen.ts'
import { usePopups } from './popups.ts'
import { createStore } from './store.ts'

const againMs = 1_000

const loads: (() => Promise<void>)[] = []

type FetchPart<Props> = () => Promise<FunctionComponent<Props>>

/**
 * Draws the part as soon as it is here. Not by React's `lazy`: that shows what was suspended only after a pause of 300
 * milliseconds, the first time also where nothing had to be fetched any more.
 */
export function later<Props extends object>(fetchPart: FetchPart<Props>): (props: Props) => ReactNode {
  return makeLater(fetchPart, null)
}

/**
 * A part that is all that an address shows. Where the page opens with it, it is the first screen: waiting for that to be
 * on the glass would be waiting for what is not fetched before. Until it is here, `Meanwhile` is in its place.
 */
export function laterPage<Props extends object>(
  fetchPart: FetchPart<Props>,
  Meanwhile: FunctionComponent = Nothing,
): (props: Props) => ReactNode {
  return makeLater(fetchPart, Meanwhile)
}

function Nothing() {
  return null
}

/** @param Meanwhile null: not a page. */
function makeLater<Props extends object>(
  fetchPart: FetchPart<Props>,
  Meanwhile: FunctionComponent | null,
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
      if (Meanwhile !== null) startLeisure()
      if ((waits && Meanwhile === null) || Part !== null) return
      void load()
      // Without a connection: again and again, while somebody waits for it.
      const trying = setInterval(() => void load(), againMs)
      return () => clearInterval(trying)
    }, [waits, Part])
    if (waits || Part === null) return Meanwhile && <Meanwhile />
    return <Part {...props} />
  }
}

/** Call once, when nothing else is waited for: then nobody waits for a part later. */
export async function loadParts(): Promise<void> {
  await Promise.all(loads.map((load) => load()))
}
