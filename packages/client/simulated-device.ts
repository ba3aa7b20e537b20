/** A device without a connection, for the tests of its parts: its state, its cache, and a server that answers as told. */
import { refuse, type Answer, type Input, type MessageRow, type OperationName, type Result } from '@rookery/protocol'
import { createMemoryCache } from './cache/memory.ts'
import type { Connection } from './connection.ts'
import { nothingHeld } from './held.ts'
import { createOvertaking } from './overtaking.ts'
import { me } from './sample.ts'
import type { ClientState } from './state.ts'

type Handler<Name extends OperationName> = (input: Input<Name>) => Answer<Name> | Promise<Answer<Name>>
export type Handlers = { [Name in OperationName]?: Handler<Name> }

export interface SimulatedDevice {
  readonly call: Connection['call']
  state(): ClientState
  set(state: ClientState, rows?: readonly MessageRow[], stale?: readonly number[]): void
  readHeld(conversation: number, before: number, limit: number): Promise<readonly MessageRow[]>
  readonly overtaking: ReturnType<typeof createOvertaking>
  /** What was asked, in order. */
  readonly asked: { readonly name: OperationName; readonly input: unknown }[]
  readonly cache: ReturnType<typeof createMemoryCache>
  /** Answers from now on; what is not among them is unreachable. */
  serve(handlers: Handlers): void
}

export function makeDevice(start: Partial<ClientState> = {}): SimulatedDevice {
  const cache = createMemoryCache()
  const overtaking = createOvertaking()
  const asked: { name: OperationName; input: unknown }[] = []
  let state: ClientState = { ...nothingHeld.state, me, ...start }
  let handlers: Handlers = {}

  async function call(name: OperationName, input: unknown): Promise<Result<unknown>> {
    asked.push({ name, input })
    const handler = handlers[name] as ((given: unknown) => Result<unknown> | Promise<Result<unknown>>) | undefined
    return handler ? handler(input) : refuse('unreachable')
  }

  return {
    call: call as Connection['call'],
    state: () => state,
    set(next, rows = [], stale = []) {
      overtaking.note(rows, stale)
      state = next
      void cache.save({ messages: rows })
    },
    readHeld: cache.page,
    overtaking,
    asked,
    cache,
    serve(next) {
      handlers = next
    },
  }
}

/** Until everything that waits only for answers at hand has happened. */
export const settle = () => new Promise((resolve) => setImmediate(resolve))
