/** What the owner of the machine may do from the command line: an administrator's operations, beside a running server or without one. */
import { refuse, type Answer, type Input, type OperationName } from '@rookery/protocol'
import { checkInput, operations } from '@rookery/protocol/schemas'
import type { Config } from './config.ts'
import type { User } from './core/context.ts'
import { createLog } from './log.ts'
import { openCore } from './main.ts'

export interface Operator {
  /** @param as whose account it is done with, where that matters. */
  call<Name extends OperationName>(name: Name, input: Input<Name>, as?: number): Promise<Answer<Name>>
  close(): Promise<void>
}

/** Nobody's number: the operator is no account. */
const operator: User = { address: '', socket: null, legacy: false, session: '', number: 0, name: '', role: 'admin' }

function fail(reason: string): never {
  throw new Error(reason)
}

/** @throws if the store, or NATS, cannot be had. */
export async function openOperator(config: Config): Promise<Operator> {
  const { core, close } = await openCore(config, createLog('silent'), { onFatal: fail }, 'guest')
  return {
    async call(name, input, as = 0) {
      const checked = checkInput(name, input)
      return checked === null
        ? refuse('bad_request')
        : core.call(name, operations[name].who, { ...operator, number: as }, checked)
    },
    close,
  }
}
