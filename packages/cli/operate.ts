/** Runs a command as the operator of the store, and ends the process with its exit code. */
import { errors, type ErrorCode } from '@rookery/protocol'
import { describeStore, isInstalled, openOperator, type Config, type Operator } from '@rookery/server'

/** @param work answers the exit code. */
export async function operate(config: Config, work: (operator: Operator) => Promise<number>): Promise<never> {
  try {
    // Commands may come before the first start; but a slip in a folder's name must not go unnoticed.
    if (!isInstalled(config)) console.error(`Nothing is kept in ${describeStore(config)} yet: it is made now.`)
    const operator = await openOperator(config)
    const exitCode = await work(operator)
    await operator.close()
    process.exit(exitCode)
  } catch (error) {
    console.error(`Cannot begin: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

export function printRefusal(code: ErrorCode): number {
  console.error(errors[code].message)
  return 1
}

/** The address that a one-time ticket is used at. */
export function linkOf(config: Config, ticket: string): string {
  const base = config.ROOKERY_URL?.replace(/\/$/, '') ?? `http://${config.HOST}:${config.PORT}`
  return `${base}/join#${ticket}`
}
