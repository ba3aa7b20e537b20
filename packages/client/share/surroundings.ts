/** What sharing needs of the browser, so that tests can give it a browser of many windows. */
import { patchEvery, type ShareMessage } from './protocol.ts'

export interface Channel {
  post(message: ShareMessage): void
  close(): void
}

export interface Locks {
  /**
   * Runs `hold` with the lock; it is held until its promise is settled. Rejects when the signal is aborted before, and
   * when somebody steals the lock, at once and while `hold` is still under way.
   */
  request(name: string, options: LockOptions, hold: () => Promise<void>): Promise<void>
  /** In which page or worker the lock is held, by an id that is told nowhere else. */
  holder(name: string): Promise<string | null>
}

/** `frozen` and `resumed`: it stands still, all at once. `left` and `back`: closed, or kept by the browser for "back". */
export type PageEvent = 'visible' | 'hidden' | 'frozen' | 'resumed' | 'left' | 'back'

export interface Page {
  isVisible(): boolean
  watch(listener: (event: PageEvent) => void): () => void
}

export type Cancel = () => void

export interface Surroundings {
  /** Gets what every other one of this name posts, also those of the same page. */
  openChannel(name: string, receive: (message: ShareMessage) => void): Channel
  readonly locks: Locks
  /** Null in a worker. */
  readonly page: Page | null
  now(): number
  /** From 0 to 1. */
  random(): number
  after(milliseconds: number, run: () => void): Cancel
  /** When it is time to tell of changes. */
  soon(run: () => void): void
}

/** Null where windows cannot find each other: old browsers, and plain HTTP, which has no locks. */
export function browserSurroundings(): Surroundings | null {
  if (!('BroadcastChannel' in globalThis) || !('navigator' in globalThis) || !('locks' in navigator)) return null
  return {
    openChannel,
    locks: {
      async request(name, options, hold) {
        await navigator.locks.request(name, options, hold)
      },
      async holder(name) {
        const { held = [] } = await navigator.locks.query()
        return held.find((lock) => lock.name === name)?.clientId ?? null
      },
    },
    page: 'document' in globalThis ? { isVisible, watch } : null,
    now: () => Date.now(),
    random: () => Math.random(),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
    soon,
  }
}

function openChannel(name: string, receive: (message: ShareMessage) => void): Channel {
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }) => receive(data as ShareMessage)
  return { post: (message) => channel.postMessage(message), close: () => channel.close() }
}

function isVisible(): boolean {
  return document.visibilityState === 'visible'
}

function watch(listener: (event: PageEvent) => void): () => void {
  const stop = new AbortController()
  const { signal } = stop
  document.addEventListener('visibilitychange', () => listener(isVisible() ? 'visible' : 'hidden'), { signal })
  document.addEventListener('freeze', () => listener('frozen'), { signal })
  document.addEventListener('resume', () => listener('resumed'), { signal })
  window.addEventListener('pagehide', () => listener('left'), { signal })
  window.addEventListener('pageshow', ({ persisted }) => persisted && listener('back'), { signal })
  return () => stop.abort()
}

/** In a page out of sight timers fire once a second, or once a minute; messages arrive as ever. */
function soon(run: () => void): void {
  if (!('document' in globalThis) || isVisible()) return void setTimeout(run, patchEvery)
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    run()
  }
  port2.postMessage(null)
}
