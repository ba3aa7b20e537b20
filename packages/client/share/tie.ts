/** Sees to it that somebody hosts: asks whether the host lives, starts another, hosts itself, makes room for newer builds. */
import { createCandidate, type CandidateOptions } from './candidate.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { Line } from './line.ts'
import { pingDeadline, type Farewell, type HostIdentity } from './protocol.ts'
import type { Cancel, Surroundings } from './surroundings.ts'

export interface TieOptions extends CandidateOptions {
  readonly startWorker: (() => void) | null
  readonly onNewerBuild: () => void
  readonly ping: () => void
  /** Whether somebody waits for the host, or may look at what it says. */
  readonly isNeeded: () => boolean
  readonly onLost: () => void
}

export interface Tie {
  start(): void
  /** Asks now whether somebody hosts. */
  beat(): void
  /** The host said something. */
  heard(): void
  /** The host said which one it is. */
  meet(host: HostIdentity): void
  bidFarewell(why: Farewell): void
  /** Hosts no longer, and asks nobody, until it starts again. */
  stop(): void
}

/** How long to wait for the lock of a silent host before it is stolen: not all windows at once. */
const patience = { least: 250, more: 500 }

export function createTie(options: TieOptions, surroundings: Surroundings, line: Line): Tie {
  const { after, random } = surroundings
  const candidate = createCandidate(options, surroundings, line)
  const heart = createHeartbeat(surroundings, { ping: options.ping, isNeeded: options.isNeeded, onMissed: miss })
  let { startWorker } = options
  let isWarned = false
  let theft: Cancel | null = null
  let takeover: Cancel | null = null

  function runWorker(): void {
    try {
      startWorker?.()
    } catch {
      // Announced by the browser, but not allowed here: the windows host among themselves.
      startWorker = null
    }
  }

  /** First another worker, then this window; the lock of one that holds it and says nothing is stolen. */
  function miss(count: number): void {
    runWorker()
    if (count < 2 || candidate.isHosting()) return
    options.onLost()
    candidate.stand()
    theft ??= after(patience.least + random() * patience.more, () => {
      theft = null
      if (candidate.isWaiting()) candidate.steal()
    })
  }

  function heard(): void {
    heart.heard()
    theft?.()
    theft = null
  }

  function meet({ build }: HostIdentity): void {
    heard()
    if (build > options.build && !isWarned) {
      isWarned = true
      options.onNewerBuild()
    }
    if (build < options.build) {
      // Its worker will ask it to step down; if that does not come, this window does.
      takeover ??= after(pingDeadline, () => candidate.stand())
      return
    }
    takeover?.()
    takeover = null
    if (startWorker !== null) candidate.withdraw()
  }

  return {
    heard,
    meet,
    start() {
      runWorker()
      if (startWorker === null) candidate.stand()
      heart.beat()
    },
    beat: heart.beat,
    bidFarewell(why) {
      options.onLost()
      heart.beat()
      // A window that hosted was closed: there may be no worker.
      if (why !== 'stopped') return
      runWorker()
      candidate.stand()
    },
    stop() {
      heart.stop()
      theft?.()
      takeover?.()
      theft = null
      takeover = null
      candidate.retire()
    },
  }
}
