/** The one table of everything that a client can ask for. Doors, SDK, OpenAPI and CLI all read it. */
import { z } from 'zod'
import { accountOperations } from './account-operations.ts'
import { contactOperations } from './contact-operations.ts'
import type { Result } from './errors.ts'
import * as field from './fields.ts'
import { groupOperations } from './group-operations.ts'
import { LIMITS } from './limits.ts'
import { messageOperations } from './message-operations.ts'
import { operation } from './operation.ts'
import * as rows from './rows.ts'
import { securityOperations } from './security-operations.ts'

export const operations = {
  ...accountOperations,
  ...securityOperations,
  ...contactOperations,
  ...messageOperations,
  ...groupOperations,
  sync: operation({
    summary:
      'Everything that differs from what this device has: rows after `rev`, conversations changed after `cursor`.',
    who: 'user',
    input: z.strictObject({
      epoch: z.string().max(64).default(''),
      rev: field.rev,
      /** As the last answer gave it; empty for a device that holds nothing. */
      cursor: z.string().max(128).default(''),
      /**
       * Conversation and the device's rev of it, where the cursor does not say it: changed by pushes since, or behind.
       * The answer then has what changed after that rev.
       */
      heads: z
        .array(z.tuple([field.conversation, field.rev]))
        .max(LIMITS.syncHeads)
        .default([]),
    }),
    output: () =>
      z.object({
        /**
         * The name of the server's history. `reset`: what the device holds is of another one (the server was restored from
         * a backup): drop it, and take this answer as the first.
         */
        epoch: z.string(),
        reset: z.boolean(),
        rev: field.rev,
        /** How far this answer goes: to be given back next time. */
        cursor: z.string(),
        ...rows.ownRows().shape,
        /** The newest changed first. */
        conversations: z.array(rows.changedConversation()),
        /**
         * The revs of all conversations that one is in (of groups that were left or dissolved none) added up, at this
         * moment. No device is ever ahead of the server, so one whose
         * own revs add up to less, when there is no more to ask for, lacks something that it does not know of.
         */
        total: z.int().nonnegative(),
        /** There is more: ask again with the new rev and cursor. */
        more: z.boolean(),
      }),
    errors: [],
  }),
} as const

export type Operations = typeof operations
export type OperationName = keyof Operations
/** What a caller writes; defaults may be left out. */
export type Input<Name extends OperationName> = z.input<Operations[Name]['input']>
/** What a handler gets: checked, defaults filled in. */
export type Checked<Name extends OperationName> = z.output<Operations[Name]['input']>
export type Output<Name extends OperationName> = z.output<ReturnType<Operations[Name]['output']>>
/** What an operation answers: its output, or a refusal from the one error table. */
export type Answer<Name extends OperationName> = Result<Output<Name>>

export function isOperation(text: string): text is OperationName {
  return Object.hasOwn(operations, text)
}

/** How many requests of the rate it counts as. */
export function costOf(name: OperationName): number {
  const row = operations[name]
  return 'cost' in row ? row.cost : 1
}
