/** What was asked and is not answered yet. It outlives the host that it was asked of. */
import { makeMessageId } from '../uuid.ts'
import { unanswered } from './perform.ts'
import { nextHostDeadline, type Ask } from './protocol.ts'
import type { Cancel, Surroundings } from './surroundings.ts'

export interface Requests {
  /** The answer as the client gives it. */
  ask(ask: Ask): Promise<unknown>
  answer(id: string, answer: unknown): void
  /** Whoever hosts from now on is asked all that is open. Null: nobody does, for the time being. */
  turnTo(host: string | null): void
  isOpen(): boolean
  /** Nobody will answer any more. */
  end(): void
}

interface Open {
  readonly ask: Ask
  readonly resolve: (answer: unknown) => void
  /** Who was asked last. */
  askedOf: string | null
  giveUp: Cancel | null
}

export function createRequests({ after }: Surroundings, post: (host: string, id: string, ask: Ask) => void): Requests {
  const open = new Map<string, Open>()
  let host: string | null = null
  let isOver = false

  function answer(id: string, value: unknown): void {
    const request = open.get(id)
    open.delete(id)
    request?.giveUp?.()
    request?.resolve(value)
  }

  function give(id: string, request: Open): void {
    if (host === null) {
      request.giveUp ??= after(nextHostDeadline, () => answer(id, unanswered(request.ask)))
      return
    }
    request.giveUp?.()
    request.giveUp = null
    if (request.askedOf === host) return
    request.askedOf = host
    post(host, id, request.ask)
  }

  return {
    answer,
    ask(ask) {
      if (isOver) return Promise.resolve(unanswered(ask))
      return new Promise((resolve) => {
        const id = makeMessageId()
        const request: Open = { ask, resolve, askedOf: null, giveUp: null }
        open.set(id, request)
        give(id, request)
      })
    },
    turnTo(next) {
      host = next
      for (const [id, request] of open) give(id, request)
    },
    isOpen: () => open.size > 0,
    end() {
      isOver = true
      for (const [id, { ask }] of open) answer(id, unanswered(ask))
    },
  }
}
