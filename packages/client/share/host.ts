/** The host in a SharedWorker: outlives any single window. */
import { createCandidate, type CandidateOptions } from './candidate.ts'
import { openLine } from './line.ts'
import { browserSurroundings, type Surroundings } from './surroundings.ts'

/** Waits for its turn, and serves; where windows cannot be served, each has a connection of its own and this does nothing. */
export function hostClient(
  options: CandidateOptions,
  surroundings: Surroundings | null = browserSurroundings(),
): { stop(): void } {
  if (!surroundings) return { stop() {} }
  const line = openLine(surroundings, options.number)
  const candidate = createCandidate(options, surroundings, line)
  candidate.stand()
  return {
    stop() {
      candidate.retire()
      line.close()
    },
  }
}
