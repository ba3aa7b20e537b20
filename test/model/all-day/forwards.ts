/** What was forwarded: from where, when, and what may have come of it. */
import type { MessageRow } from '@rookery/protocol'
import { fault, type Fault } from '../../../packages/cli/verify/faults.ts'

export interface Forward {
  readonly id: string
  readonly by: number
  readonly from: number
  readonly seq: number
  readonly merged: boolean
  /** A step of the history. */
  readonly askedAt: number
}

export interface Forwards {
  add(forward: Forward): void
  /** Whether a row may be what has become of it; undefined for what is no forward. */
  accepts(id: string, row: MessageRow): boolean | undefined
  /**
   * Those that the log of a conversation has and should not.
   * @param recalledAt the step at which the taking back of a message was answered; infinite where it was not.
   * @param maySee whether somebody may ever have seen what stands at a place.
   */
  findFaults(
    log: readonly MessageRow[],
    recalledAt: (conversation: number, seq: number) => number,
    maySee: (number: number, conversation: number, seq: number) => boolean,
  ): Fault[]
}

export function recordForwards(): Forwards {
  const forwards = new Map<string, Forward>()
  return {
    add: (forward) => void forwards.set(forward.id, forward),
    accepts(id, { sender, body }) {
      const forward = forwards.get(id)
      if (!forward) return undefined
      if (sender !== forward.by) return false
      if (body.kind === 'text') return !forward.merged && body.forwarded !== undefined
      return body.kind === 'merged' || body.kind === 'recalled'
    },
    findFaults: (log, recalledAt, maySee) =>
      log.flatMap(({ id, conversation, seq }) => {
        const forward = forwards.get(id)
        if (!forward) return []
        const what = `${conversation}/${seq} is a forward of ${forward.from}/${forward.seq}`
        const faults: Fault[] = []
        if (recalledAt(forward.from, forward.seq) < forward.askedAt)
          faults.push(fault('foreign', `[D9] ${what}, which was taken back before`))
        if (!maySee(forward.by, forward.from, forward.seq))
          faults.push(fault('foreign', `[D8] ${what}, which was never for ${forward.by}`))
        return faults
      }),
  }
}
