/** Stands for host, serves while elected, and stands again after what passes. */
import { stand, type Standing } from './election.ts'
import type { HostedClient } from './hosted-client.ts'
import type { Line } from './line.ts'
import type { Farewell, ShareMessage } from './protocol.ts'
import { serve, type Serving } from './serving.ts'
import type { Cancel, Surroundings } from './surroundings.ts'

export interface CandidateOptions {
  readonly number: number
  readonly build: number
  readonly openClient: () => HostedClient
}

export interface Candidate {
  /** Waits for the lock, if it does not do so already. */
  stand(): void
  /** Takes the lock from whoever holds it. */
  steal(): void
  /** Waits no longer. One that hosts goes on. */
  withdraw(): void
  isWaiting(): boolean
  isHosting(): boolean
  /** Stops hosting and waiting, until it is to stand again. */
  retire(): void
}

type Phase =
  | { readonly kind: 'resting'; readonly until: 'told' | 'enter' | 'ping' }
  | { readonly kind: 'pausing'; readonly cancel: Cancel }
  | { readonly kind: 'standing'; readonly standing: Standing }
  | { readonly kind: 'hosting'; readonly standing: Standing; readonly serving: Serving }

/** Before standing again where another one has the precedence. */
const pause = 1_000

export function createCandidate(
  { number, build, openClient }: CandidateOptions,
  surroundings: Surroundings,
  line: Line,
): Candidate {
  let phase: Phase = { kind: 'resting', until: 'told' }
  const post = line.join(hear)

  function start(manner: 'wait' | 'steal'): void {
    leavePhase()
    const standing = stand(surroundings.locks, number, manner, () => {
      const serving: Serving = serve({
        build,
        openClient,
        surroundings,
        post,
        holdsStill: () => standing.holdsStill(),
        onOver: (why) => finish(serving, why),
      })
      phase = { kind: 'hosting', standing, serving }
      return { depose: () => serving.stop('deposed') }
    })
    phase = { kind: 'standing', standing }
    // Once in the queue: who steps down for this leaves the lock to it.
    post({ kind: 'candidate', build })
  }

  function finish(serving: Serving, why: Farewell): void {
    if (phase.kind !== 'hosting' || phase.serving !== serving) return
    phase.standing.withdraw()
    phase = next(why)
  }

  function giveUp(why: Farewell): void {
    leavePhase()
    phase = next(why)
  }

  function next(why: Farewell): Phase {
    switch (why) {
      case 'deposed':
      case 'superseded':
        return { kind: 'pausing', cancel: surroundings.after(pause, () => start('wait')) }
      case 'empty':
        return { kind: 'resting', until: 'ping' }
      case 'ended':
        return { kind: 'resting', until: 'enter' }
      case 'stopped':
        return { kind: 'resting', until: 'told' }
    }
  }

  function leavePhase(): void {
    const last = phase
    phase = { kind: 'resting', until: 'told' }
    if (last.kind === 'pausing') last.cancel()
    if (last.kind === 'hosting') last.serving.stop('stopped')
    if (last.kind === 'standing' || last.kind === 'hosting') last.standing.withdraw()
  }

  function hear(message: ShareMessage): void {
    if (phase.kind === 'hosting') return phase.serving.hear(message)
    const { kind } = message
    if (phase.kind === 'resting' && isCall(phase.until, kind)) start('wait')
    if (phase.kind === 'standing' && kind === 'gone' && message.why === 'ended') return giveUp('ended')
    // Further back in the queue: else it would be elected first, only to step down.
    if (phase.kind === 'standing' && kind === 'candidate' && message.build > build) return giveUp('superseded')
    const isHost = kind === 'host' || kind === 'pong' || kind === 'state'
    if (phase.kind === 'standing' && isHost && message.build < build) post({ kind: 'candidate', build })
  }

  return {
    stand() {
      if (phase.kind === 'resting') start('wait')
    },
    steal() {
      if (phase.kind !== 'hosting') start('steal')
    },
    withdraw() {
      if (phase.kind !== 'hosting') leavePhase()
    },
    isWaiting: () => phase.kind === 'standing' || phase.kind === 'pausing',
    isHosting: () => phase.kind === 'hosting',
    retire: leavePhase,
  }
}

function isCall(until: 'told' | 'enter' | 'ping', kind: ShareMessage['kind']): boolean {
  return (kind === 'enter' && until !== 'told') || (kind === 'ping' && until === 'ping')
}
