/** When two people could not write to each other for certain: from a block or a deletion that was answered, until somebody asked to undo it. */
export interface Bonds {
  /** Asks, and records when: `closes` for blocks and deletions. True: it was done. */
  change(
    conversation: number,
    closes: boolean,
    ask: () => Promise<{ readonly ok: boolean; readonly code?: string }>,
  ): Promise<boolean>
  /** Whether all of what lies between two steps of the history does so in a time when nothing could be written. */
  isClosed(conversation: number, from: number, until: number): boolean
}

interface Change {
  readonly conversation: number
  readonly closes: boolean
  readonly askedAt: number
  /** 0: nobody knows yet. */
  doneAt: number
  isRefused: boolean
}

/** @param step takes the next step of the history. */
export function recordBonds(step: () => number): Bonds {
  const changes: Change[] = []

  /** Whatever may have opened it, from when on. */
  function openedAfter({ conversation, askedAt }: Change): number {
    const openings = changes.filter(
      (other) =>
        other.conversation === conversation &&
        !other.closes &&
        !other.isRefused &&
        (other.doneAt === 0 || other.doneAt > askedAt),
    )
    return Math.min(Number.POSITIVE_INFINITY, ...openings.map((opening) => opening.askedAt))
  }

  return {
    async change(conversation, closes, ask) {
      const change: Change = { conversation, closes, askedAt: step(), doneAt: 0, isRefused: false }
      changes.push(change)
      const answer = await ask()
      if (answer.ok) change.doneAt = step()
      else if (answer.code !== 'unreachable' && answer.code !== 'unavailable') change.isRefused = true
      return answer.ok
    },
    isClosed: (conversation, from, until) =>
      changes.some(
        (change) =>
          change.conversation === conversation &&
          change.closes &&
          change.doneAt > 0 &&
          change.doneAt < from &&
          until < openedAfter(change),
      ),
  }
}
