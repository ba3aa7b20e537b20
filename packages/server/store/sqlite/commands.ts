/** Every write there is, by name: the writer runs them, the queue sends them. */
import type { Database } from 'bun:sqlite'
import { accountWrites } from './accounts.ts'
import { conversationWrites } from './conversations.ts'
import { groupWrites } from './groups.ts'
import { createLog } from './log.ts'
import { messageWrites } from './messages.ts'
import { contactWrites } from './own-rows.ts'
import type { Packed } from './packing.ts'
import { presenceWrites } from './presence.ts'
import { profileWrites } from './profiles.ts'
import { securityWrites } from './security.ts'
import { sessionWrites } from './sessions.ts'
import type { Transactions } from './transactions.ts'

/** A command writes only once it can no longer refuse: a refusal in a batch undoes nothing of the others. */
export function createCommands(db: Database, transactions: Transactions) {
  const log = createLog(db, transactions)
  return {
    ...accountWrites(db),
    ...securityWrites(db),
    ...sessionWrites(db),
    ...contactWrites(db, transactions),
    ...presenceWrites(db),
    ...profileWrites(db, transactions),
    ...conversationWrites(db, transactions),
    ...messageWrites(db, log),
    ...groupWrites(db, transactions, log),
  }
}

export type Commands = ReturnType<typeof createCommands>
export type CommandName = keyof Commands
export type CommandInput<Name extends CommandName> = Parameters<Commands[Name]>[0]
export type CommandResult<Name extends CommandName> = ReturnType<Commands[Name]>

export interface Command {
  readonly name: CommandName
  readonly input: unknown
}

/** Those that there are many of, if neither their input nor their result holds bytes. */
export const textCommands: ReadonlySet<CommandName> = new Set([
  'appendMessage',
  'moveReadPointer',
  'noteSeen',
  'touchSession',
])

/** From the writer: it is open; the results of one batch, in order, packed as the batch was; or that it can write no longer. */
export type WriterMessage =
  | { readonly kind: 'ready'; readonly epoch: string }
  | { readonly kind: 'results'; readonly results: Packed<unknown> }
  | { readonly kind: 'closed' }
  | { readonly kind: 'fatal'; readonly reason: string }

export type WriterRequest =
  | { readonly kind: 'open'; readonly file: string }
  | { readonly kind: 'batch'; readonly commands: Packed<Command> }
  /** There is nothing to write. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'close' }
