/** Watches every state of a device, and writes into the record what is new in it. */
import type { ClientState, Conversation } from '@rookery/client'
import type { ErrorCode } from '@rookery/protocol'
import { fault } from './faults.ts'
import type { History } from './history.ts'

/** Since when a device is online without a disturbance, as `performance.now()` says; null while it is not. */
type SoundSince = () => number | null

/** How long a message takes from being sent to being seen by somebody else. */
export interface Delays {
  start(id: string, sender: SoundSince): void
  stop(id: string, reader: SoundSince): void
  /** In milliseconds, ascending. */
  sorted(): readonly number[]
}

/** Counts only where both devices were connected all the while. */
export function createDelays(): Delays {
  const started = new Map<string, { readonly at: number; readonly sender: SoundSince }>()
  const measured: number[] = []
  return {
    start(id, sender) {
      if (sender() !== null) started.set(id, { at: performance.now(), sender })
    },
    stop(id, reader) {
      const sent = started.get(id)
      if (!sent) return
      const wasSound = (since: number | null) => since !== null && since <= sent.at
      if (wasSound(sent.sender()) && wasSound(reader())) measured.push(performance.now() - sent.at)
    },
    sorted: () => measured.toSorted((a, b) => a - b),
  }
}

export interface ObserverParts {
  readonly device: string
  readonly owner: number
  readonly history: History
  readonly delays: Delays
  /** Refusals that are no fault. */
  readonly mayRefuse: ReadonlySet<ErrorCode>
  /** Of its cable. */
  readonly cableSince: SoundSince
}

export interface Observer {
  /** The device starts. */
  begin(): (state: ClientState) => void
  end(): void
  readonly soundSince: SoundSince
  /** Ids of what this life has sent, or found to be sent, and has no answer to. */
  unsettled(): readonly string[]
}

export function createObserver(parts: ObserverParts): Observer {
  const { device, owner, history, delays, mayRefuse, cableSince } = parts
  let before: ReadonlyMap<number, Conversation> = new Map()
  let sending = new Set<string>()
  let onlineSince: number | null = null
  /** As many restores as this device has gone back for: a crash before it wrote that down makes no difference. */
  let { restores } = history

  /** An answer is what turns `sending` into `sent`. What the cache says was sent in an earlier life is none. */
  function observePending(known: Conversation | undefined, now: Conversation): void {
    if (known?.pending === now.pending) return
    const left = new Set(known?.pending.map(({ id }) => id))
    for (const { id, state } of now.pending) {
      left.delete(id)
      if (state.kind === 'sending') sending.add(id)
      else if (state.kind === 'failed' && sending.delete(id)) {
        // Nothing is tried again here: it need not arrive.
        if (mayRefuse.has(state.code)) history.excuse(id)
        else history.note(fault('refused', `[D4] ${device} was refused ${id}: ${state.code}`))
      } else if (state.kind === 'sent' && sending.delete(id)) history.acknowledge(id, state.seq)
    }
    for (const id of left) sending.delete(id)
  }

  /** Who is out of a group sends nothing there any more. */
  function observeGone(now: ReadonlyMap<number, Conversation>): void {
    for (const [id, { kind, pending }] of before) {
      if (kind === 'direct' || now.has(id)) continue
      for (const message of pending) {
        sending.delete(message.id)
        history.excuse(message.id)
      }
    }
  }

  function observeRows(known: Conversation | undefined, now: Conversation): void {
    if (known?.messages === now.messages) return
    const seen = known?.last_seq ?? 0
    for (let index = now.messages.length - 1; index >= 0; index -= 1) {
      const row = now.messages[index]
      if (!row || row.seq <= seen) return
      history.see(row)
      if (row.sender !== owner) delays.stop(row.id, soundSince)
    }
  }

  /** Only another history may take a pointer back: once for each restore. */
  function observePointer(known: Conversation | undefined, now: Conversation): boolean {
    if (now.told_read_seq > (known?.told_read_seq ?? 0))
      history.point(owner, now.id, Math.min(now.told_read_seq, now.last_seq))
    const isBack = known !== undefined && now.read_seq < known.read_seq
    if (isBack && restores === history.restores)
      history.note(fault('pointer', `[D6] ${device} went back in ${now.id}: ${known.read_seq} to ${now.read_seq}`))
    return isBack
  }

  function soundSince(): number | null {
    const cable = cableSince()
    return cable === null || onlineSince === null ? null : Math.max(cable, onlineSince)
  }

  return {
    begin() {
      before = new Map()
      sending = new Set()
      onlineSince = null
      return ({ connection, conversations }) => {
        onlineSince = connection.kind === 'online' ? (onlineSince ?? performance.now()) : null
        let isBack = false
        observeGone(conversations)
        for (const [id, now] of conversations) {
          const known = before.get(id)
          if (known === now || id < 0) continue
          observePending(known, now)
          observeRows(known, now)
          isBack = observePointer(known, now) || isBack
        }
        if (isBack) ({ restores } = history)
        before = conversations
      }
    },
    end() {
      onlineSince = null
    },
    soundSince,
    unsettled: () => [...sending],
  }
}
