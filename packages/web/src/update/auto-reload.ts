/** Goes over to a new build by itself, once nobody uses any window of this browser. */
import { watchUse } from './in-use.ts'
import { reloadPage, subscribeUpdate, updateState } from './update.ts'

/** Each window in use holds this lock together with the others; who gets it alone knows that none is. */
const lockName = 'rookery-in-use'
const askEveryMs = 2_000

/** Call once. */
export function startAutoReload(): void {
  const inUse = watchUse()
  let release: (() => void) | null = null
  let asking: ReturnType<typeof setInterval> | null = null

  function hold(): void {
    if (release !== null || !hasLocks()) return
    const { promise, resolve } = Promise.withResolvers<void>()
    release = resolve
    void navigator.locks.request(lockName, { mode: 'shared' }, () => promise)
  }

  function letGo(): void {
    release?.()
    release = null
  }

  async function ask(): Promise<void> {
    if (inUse()) return hold()
    letGo()
    if (!hasLocks()) return reloadPage('itself')
    await navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await reloadPage('itself')
    })
  }

  function start(): void {
    if (asking !== null || updateState() === 'none') return
    if (inUse()) hold()
    // Not at once: the other windows must have heard of it too, and hold the lock if they are in use.
    asking = setInterval(() => void ask(), askEveryMs)
  }

  subscribeUpdate(start)
  start()
}

/** Plain HTTP has none: there each window looks to itself only. */
function hasLocks(): boolean {
  return 'locks' in navigator
}
