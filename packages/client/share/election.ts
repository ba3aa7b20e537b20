/** Who hosts: whoever holds the lock. The browser gives it to the next one when its holder dies. */
import { lockName } from './protocol.ts'
import type { Locks } from './surroundings.ts'

/** What is done with the lock. */
export interface Term {
  /** Somebody stole the lock: stops at once. */
  depose(): void
}

export interface Standing {
  isWaiting(): boolean
  /** Waits no longer; or gives the lock back. */
  withdraw(): void
  /** Whether the lock is still one's own: asked after a pause, in which it may have been stolen unnoticed. */
  holdsStill(): Promise<boolean>
}

type Phase =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'elected'
      readonly release: () => void
      readonly term: Term
      readonly holder: Promise<string | null>
    }
  | { readonly kind: 'over' }

/** @param manner `steal` deposes whoever holds the lock: only for one that is silent. */
export function stand(locks: Locks, number: number, manner: 'wait' | 'steal', begin: () => Term): Standing {
  const name = lockName(number)
  const abort = new AbortController()
  let phase: Phase = { kind: 'waiting' }

  function hold(): Promise<void> {
    if (phase.kind !== 'waiting') return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    phase = { kind: 'elected', release: resolve, term: begin(), holder: locks.holder(name) }
    return promise
  }

  async function request(): Promise<void> {
    try {
      // The browser takes no signal for a theft: it never waits.
      await locks.request(name, manner === 'steal' ? { steal: true } : { signal: abort.signal }, hold)
    } catch (error) {
      const { kind } = phase
      if (phase.kind === 'elected') phase.term.depose()
      phase = { kind: 'over' }
      // Neither deposed nor withdrawn: hosting could not begin.
      if (kind === 'waiting') throw error
    }
  }

  void request()

  return {
    isWaiting: () => phase.kind === 'waiting',
    withdraw() {
      const last = phase
      phase = { kind: 'over' }
      if (last.kind === 'waiting') abort.abort()
      if (last.kind === 'elected') last.release()
    },
    async holdsStill() {
      if (phase.kind !== 'elected') return false
      const [now, then] = await Promise.all([locks.holder(name), phase.holder])
      return now === then && phase.kind === 'elected'
    },
  }
}
