/** What every door does with a request: known? well-formed? not too many? Then the rules decide; bugs end here. */
import { ok, refuse, type Checked, type OperationName, type Result } from '@rookery/protocol'
import { checkInput, costOf, isOperation, operations } from '@rookery/protocol/schemas'
import { isUser, type Caller } from '../core/context.ts'
import type { Core } from '../core/core.ts'
import { StoreUnavailable } from '../core/ports.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { RateLimit } from './rate-limit.ts'

export interface DispatchParts {
  readonly core: Core
  readonly metrics: Metrics
  readonly log: Log
  readonly limits: { readonly user: RateLimit; readonly visitor: RateLimit }
}

/** What all operations that there are not are called in the figures: what strangers make up stays out of them. */
const unknown = 'unknown'

export type Dispatch = (caller: Caller, name: string, input: unknown) => Promise<Result<unknown>>

/** Requests reach the rules in the order of the calls: nothing is awaited before. */
export function createDispatch({ core, metrics, log, limits }: DispatchParts): Dispatch {
  /** Milliseconds until the caller may ask for that much; 0 where it counts now. */
  function takeTurn(caller: Caller, cost: number): number {
    return isUser(caller) ? limits.user.take(caller.session, cost) : limits.visitor.take(caller.address, cost)
  }

  function check<Name extends OperationName>(caller: Caller, name: Name, input: unknown): Result<Checked<Name>> {
    const wait = takeTurn(caller, costOf(name))
    if (wait > 0) return refuse('too_many_requests', wait)
    const checked = checkInput(name, input)
    return checked === null ? refuse('bad_request') : ok(checked)
  }

  function explain(error: unknown, operation: OperationName): Result<never> {
    if (error instanceof StoreUnavailable) return refuse('unavailable', 1_000)
    log.error({ err: error, operation }, 'an operation threw')
    return refuse('internal')
  }

  /** Whoever asks for what there is not is held back as by any other request. */
  function refuseUnknown(caller: Caller): Result<never> {
    const wait = takeTurn(caller, 1)
    const refused = wait > 0 ? refuse('too_many_requests', wait) : refuse('unknown_operation')
    metrics.noteOperation(unknown, refused.code, 0)
    return refused
  }

  // One function to wait in for each request, not one for each step: there are many of them.
  return async (caller, name, input) => {
    if (!isOperation(name)) return refuseUnknown(caller)
    const began = performance.now()
    const checked = check(caller, name, input)
    let result: Result<unknown>
    try {
      result = checked.ok ? await core.call(name, operations[name].who, caller, checked.value) : checked
    } catch (error) {
      result = explain(error, name)
    }
    metrics.noteOperation(name, result.ok ? 'ok' : result.code, performance.now() - began)
    return result
  }
}
