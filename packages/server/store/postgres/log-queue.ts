/**
 * Group commit of what changes conversations: all messages and read pointers that came while one transaction was under
 * way form the next, in the order of calls.
 */
import type { Result } from '@rookery/protocol'
import type { NewMessage, OwnRows, RowChange } from '../../core/ports.ts'
import type { Connection } from './connection.ts'
import { faultOf } from './faults.ts'
import type { Lane, Work } from './lane.ts'
import { appendMessages, type AppendResult } from './messages.ts'
import { changeOwnRows, lockAccounts, lockConversations } from './own-rows.ts'
import { moveReadPointers, type Pointer, type PointerResult } from './read-pointers.ts'

export interface LogQueue {
  append(message: NewMessage): Promise<AppendResult>
  moveReadPointer(pointer: Pointer): Promise<PointerResult>
  /** Comes after what was begun before it, and before what is begun after it. */
  change(changes: readonly RowChange[]): Promise<Result<OwnRows[] | 'stale', never>>
  /** Resolves when all that was begun is done. */
  close(): Promise<void>
}

type Command =
  | { readonly kind: 'append'; readonly message: NewMessage }
  | { readonly kind: 'pointer'; readonly pointer: Pointer }
  | { readonly kind: 'change'; readonly changes: readonly RowChange[] }

interface Waiting {
  readonly command: Command
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

/** Commands of one transaction: its locks are held for some tens of milliseconds at most. */
const mostAtOnce = 1_000

export function createLogQueue(lane: Lane): LogQueue {
  let waiting: Waiting[] = []
  let state: 'idle' | 'soon' | 'working' = 'idle'
  let whenIdle = Promise.withResolvers<void>()

  function put<Value>(command: Command): Promise<Value> {
    return new Promise((resolve, reject) => {
      waiting.push({ command, resolve, reject })
      if (state !== 'idle') return
      state = 'soon'
      whenIdle = Promise.withResolvers<void>()
      // Whatever else this turn of the loop brings joins the same batch.
      setImmediate(() => void work())
    })
  }

  async function work(): Promise<void> {
    state = 'working'
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchLength(waiting))
      waiting = waiting.slice(batch.length)
      await settle(batch)
    }
    state = 'idle'
    whenIdle.resolve()
  }

  /** One that cannot be written takes no other of its batch down with it. */
  async function settle(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await lane.commit((connection) =>
        commitBatch(
          connection,
          batch.map(({ command }) => command),
        ),
      )
      batch.forEach(({ resolve }, index) => resolve(results[index] as never))
    } catch (error) {
      if (batch.length > 1 && faultOf(error) === 'bug') for (const one of batch) await settle([one])
      else for (const { reject } of batch) reject(error)
    }
  }

  return {
    append: (message) => put({ kind: 'append', message }),
    moveReadPointer: (pointer) => put({ kind: 'pointer', pointer }),
    change: (changes) => put({ kind: 'change', changes }),
    close: async () => (state === 'idle' ? undefined : whenIdle.promise),
  }
}

/** A change of somebody's rights stands alone: messages before it are judged without it, those after it with it. */
function batchLength(waiting: readonly Waiting[]): number {
  const change = waiting.findIndex(({ command }) => command.kind === 'change')
  return Math.min(mostAtOnce, change === 0 ? 1 : change > 0 ? change : waiting.length)
}

async function commitBatch(connection: Connection, batch: readonly Command[]): Promise<Work<unknown[]>> {
  const [first] = batch
  if (first?.kind === 'change') {
    const { value, wrote } = await changeOwnRows(connection, first.changes)
    return { value: [value], wrote }
  }
  const messages = batch.flatMap((command) => (command.kind === 'append' ? [command.message] : []))
  const pointers = batch.flatMap((command) => (command.kind === 'pointer' ? [command.pointer] : []))
  const [, , appended, moved] = await Promise.all([
    pointers.length > 0 &&
      lockAccounts(
        connection,
        pointers.map(({ number }) => number),
      ),
    messages.length > 0 &&
      lockConversations(
        connection,
        messages.map(({ conversation }) => conversation),
      ),
    messages.length > 0 ? appendMessages(connection, messages) : nothing,
    pointers.length > 0 ? moveReadPointers(connection, pointers) : nothing,
  ])
  const results: Record<'append' | 'pointer', unknown[]> = { append: appended.results, pointer: moved.results }
  const next = { append: 0, pointer: 0 }
  return {
    value: batch.map(({ kind }) => (kind === 'change' ? null : results[kind][next[kind]++])),
    wrote: appended.wrote || moved.wrote,
  }
}

const nothing = { results: [], wrote: false }
