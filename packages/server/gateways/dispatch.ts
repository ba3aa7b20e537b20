/** What every door does with a request: known? well-formed? not too many? Then the rules decide; bugs end here. */
import { isOperation, operations, refuse, type OperationName, type Result } from '@rookery/protocol'
import type { Logger } from 'pino'
import { isUser, type Caller } from '../core/context.ts'
import type { Core } from '../core/core.ts'
import { StoreUnavailable } from '../core/ports.ts'
import type { Metrics } from '../metrics.ts'
import type { RateLimit } from './rate-limit.ts'

export interface DispatchParts {
  readonly core: Core
  readonly metrics: Metrics
  readonly log: Logger
  readonly limits: { readonly user: RateLimit; readonly visitor: RateLimit }
}

export type Dispatch = (caller: Caller, name: string, input: unknown) => Promise<Result<unknown>>

/** Requests reach the rules in the order of the calls: nothing is awaited before. */
export function createDispatch({ core, metrics, log, limits }: DispatchParts): Dispatch {
  async function run(caller: Caller, name: OperationName, input: unknown): Promise<Result<unknown>> {
    const wait = isUser(caller) ? limits.user.take(caller.session) : limits.visitor.take(caller.address)
    if (wait > 0) return refuse('too_many_requests', wait)
    const { who, input: schema } = operations[name]
    const checked = schema.safeParse(input)
    if (!checked.success) return refuse('bad_request')
    try {
      return await core.call(name, who, caller, checked.data)
    } catch (error) {
      if (error instanceof StoreUnavailable) return refuse('unavailable', 1_000)
      log.error({ err: error, operation: name }, 'an operation threw')
      return refuse('internal')
    }
  }

  return async (caller, name, input) => {
    if (!isOperation(name)) return refuse('unknown_operation')
    const stop = metrics.startOperation(name)
    const result = await run(caller, name, input)
    stop(result.ok ? 'ok' : result.code)
    return result
  }
}
