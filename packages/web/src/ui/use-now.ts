/** The time, as far as screens that say "until then" need it: it moves on every half minute. */
import { useSyncExternalStore } from 'react'
import { createStore } from './store.ts'

const stepMs = 30_000
const clock = createStore(Date.now())
let timer: ReturnType<typeof setInterval> | null = null
let watching = 0

function subscribe(listener: () => void): () => void {
  const stop = clock.subscribe(listener)
  if (watching === 0) clock.set(Date.now())
  watching += 1
  timer ??= setInterval(() => clock.set(Date.now()), stepMs)
  return () => {
    stop()
    watching -= 1
    if (watching > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** Milliseconds since 1970, late by half a minute at most while it is watched. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, clock.state)
}
