/** Notices that the host is silent. */
import { pingDeadline, pingEvery } from './protocol.ts'
import type { Cancel, Surroundings } from './surroundings.ts'

export interface HeartbeatEvents {
  ping(): void
  /** Whether it matters that somebody answers: else nothing is asked. */
  isNeeded(): boolean
  /** So many pings in a row had no answer. */
  onMissed(count: number): void
}

export interface Heartbeat {
  /** Pings now, unless an answer is being waited for. */
  beat(): void
  /** The host was heard, whatever it said. */
  heard(): void
  stop(): void
}

type Phase =
  | { readonly kind: 'still' }
  | { readonly kind: 'waiting'; readonly missed: number; readonly cancel: Cancel }
  | { readonly kind: 'resting'; readonly cancel: Cancel }

/** A timer that is later than this says that this very window stood still, and has not heard what came meanwhile. */
const late = 1_000

export function createHeartbeat({ after, now }: Surroundings, events: HeartbeatEvents): Heartbeat {
  let phase: Phase = { kind: 'still' }

  function ask(missed: number): void {
    const due = now() + pingDeadline
    phase = { kind: 'waiting', missed, cancel: after(pingDeadline, () => miss(missed, due)) }
    events.ping()
  }

  function miss(missed: number, due: number): void {
    if (now() - due > late) return ask(missed)
    ask(missed + 1)
    events.onMissed(missed + 1)
  }

  return {
    beat() {
      if (phase.kind === 'waiting') return
      if (phase.kind === 'resting') phase.cancel()
      ask(0)
    },
    heard() {
      if (phase.kind !== 'waiting') return
      phase.cancel()
      phase = {
        kind: 'resting',
        cancel: after(pingEvery, () => (events.isNeeded() ? ask(0) : (phase = { kind: 'still' }))),
      }
    },
    stop() {
      if (phase.kind !== 'still') phase.cancel()
      phase = { kind: 'still' }
    },
  }
}
