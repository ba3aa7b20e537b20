/**
 * Group commit of what changes conversations and own rows: all that came while one transaction was under way forms the
 * next, in the order of calls.
 */
import type { NewMessage } from '../../core/log-ports.ts'
import { appendMessages, type AppendResult } from './appends.ts'
import type { Connection } from './connection.ts'
import { faultOf } from './faults.ts'
import type { Lane, Work } from './lane.ts'
import { lockAccounts, lockConversations, type Change } from './locks.ts'
import { moveReadPointers, type Pointer, type PointerResult } from './read-pointers.ts'

export interface LogQueue {
  append(message: NewMessage): Promise<AppendResult>
  moveReadPointer(pointer: Pointer): Promise<PointerResult>
  /** Comes after what was begun before it, and before what is begun after it. */
  change<Value>(change: Change<Value>): Promise<Value>
  /** Resolves when all that was begun is done. */
  close(): Promise<void>
}

type Command =
  | { readonly kind: 'append'; readonly message: NewMessage }
  | { readonly kind: 'pointer'; readonly pointer: Pointer }
  | { readonly kind: 'change'; readonly change: Change<unknown> }

interface Waiting {
  readonly command: Command
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

/** Commands of one transaction: its locks are held for some tens of milliseconds at most. */
const mostAtOnce = 1_000
/** The same of changes, which take a round trip or two each. */
const mostChanges = 50

/** @param onAppended told how many messages were committed. */
export function createLogQueue(lane: Lane, onAppended: (count: number) => void): LogQueue {
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
      const commands = batch.map(({ command }) => command)
      const results = await lane.commit((connection) => commitBatch(connection, commands))
      batch.forEach(({ resolve }, index) => resolve(results[index] as never))
      onAppended(commands.filter(({ kind }) => kind === 'append').length)
    } catch (error) {
      if (batch.length > 1 && faultOf(error) === 'bug') for (const one of batch) await settle([one])
      else for (const { reject } of batch) reject(error)
    }
  }

  return {
    append: (message) => put({ kind: 'append', message }),
    moveReadPointer: (pointer) => put({ kind: 'pointer', pointer }),
    change: (change) => put({ kind: 'change', change }),
    close: async () => (state === 'idle' ? undefined : whenIdle.promise),
  }
}

/** Changes stand apart: messages before them are judged without them, those after them with them. */
function batchLength(waiting: readonly Waiting[]): number {
  const isChange = ({ command }: Waiting) => command.kind === 'change'
  const first = waiting.slice(0, 1).some(isChange)
  const end = waiting.findIndex((one) => isChange(one) !== first)
  return Math.min(first ? mostChanges : mostAtOnce, end < 0 ? waiting.length : end)
}

async function commitBatch(connection: Connection, batch: readonly Command[]): Promise<Work<unknown[]>> {
  const changes = batch.flatMap((command) => (command.kind === 'change' ? [command.change] : []))
  if (changes.length > 0) return runChanges(connection, changes)
  const messages = batch.flatMap((command) => (command.kind === 'append' ? [command.message] : []))
  const pointers = batch.flatMap((command) => (command.kind === 'pointer' ? [command.pointer] : []))
  const [, , appended, moved] = await Promise.all([
    lockAccounts(
      connection,
      pointers.map(({ number }) => number),
    ),
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

/** One after the other, with all their locks taken first. */
async function runChanges(connection: Connection, changes: readonly Change<unknown>[]): Promise<Work<unknown[]>> {
  const [revs] = await Promise.all([
    lockAccounts(
      connection,
      changes.flatMap(({ accounts }) => accounts),
      changes.flatMap(({ entered }) => entered),
    ),
    lockConversations(
      connection,
      changes.flatMap(({ conversations }) => conversations),
    ),
  ])
  const done: Work<unknown>[] = []
  for (const change of changes) done.push(await change.run(connection, revs))
  return { value: done.map(({ value }) => value), wrote: done.some(({ wrote }) => wrote) }
}
