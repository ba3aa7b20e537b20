/** Which other nodes there are: each says so every second, and counts as gone when it has not for a while. */

/**
 * `hello`: I am new, and nobody is connected to me. `beat`: I am here. `back`: so I am, and what I said, and what was
 * said to me, since you last heard me may be lost. `bye`: I leave, with everybody who was connected to me.
 */
export type Word = 'hello' | 'beat' | 'back' | 'bye'

export interface Nodes {
  /** @param isExpected this node has just made itself known, and the others do so in turn. */
  hear(word: Word, node: string, isExpected: boolean): void
  /** Those that have been heard lately enough to answer soon. */
  findPresent(): Set<string>
  /** Another node has been silent for longer than it should. */
  isAnySilent(): boolean
  close(): void
}

export interface NodesParts {
  readonly isConnected: () => boolean
  readonly say: (word: Word) => void
  /** Another node may have said things that were not heard, or is gone. */
  readonly onGap: () => void
}

/** Milliseconds. */
const beatEvery = 1_000
const silentAfter = 3_000
const goneAfter = 10_000
/** Who was connected to a node that left is connected to another one by then, or counts as gone. */
const graceAfterBye = 2_000

export function createNodes({ isConnected, say, onGap }: NodesParts): Nodes {
  const heardAt = new Map<string, number>()
  const timer = setInterval(beat, beatEvery)
  const partings = new Set<ReturnType<typeof setTimeout>>()

  function beat(): void {
    if (!isConnected()) return
    say('beat')
    const deadline = performance.now() - goneAfter
    const gone = [...heardAt].filter(([, at]) => at < deadline)
    for (const [node] of gone) heardAt.delete(node)
    if (gone.length > 0) onGap()
  }

  function part(): void {
    const parting = setTimeout(() => {
      partings.delete(parting)
      onGap()
    }, graceAfterBye)
    partings.add(parting)
  }

  return {
    hear(word, node, isExpected) {
      const isKnown = heardAt.has(node)
      if (word === 'bye') {
        heardAt.delete(node)
        return part()
      }
      heardAt.set(node, performance.now())
      if (word === 'hello' || word === 'back') say('beat')
      // One that was given up, or never heard, and is not new: somewhere on the way something was cut.
      if (word === 'back' || (word === 'beat' && !isKnown && !isExpected)) onGap()
    },
    findPresent() {
      const deadline = performance.now() - silentAfter
      return new Set([...heardAt].filter(([, at]) => at >= deadline).map(([node]) => node))
    },
    isAnySilent() {
      const deadline = performance.now() - silentAfter
      return [...heardAt.values()].some((at) => at < deadline)
    },
    close() {
      clearInterval(timer)
      for (const parting of partings) clearTimeout(parting)
    },
  }
}
