/** What every cache promises (cache.ts), as one suite: each implementation's own test runs it. */
import { describe } from 'bun:test'
import { describeConversations } from './contract/conversations.ts'
import { describeHistories } from './contract/histories.ts'
import { describeMessages } from './contract/messages.ts'
import { describeOrder } from './contract/order.ts'
import { describePending } from './contract/pending.ts'
import type { OpenCache } from './contract/rows.ts'

export type { OpenCache, OpenedCache } from './contract/rows.ts'

/** @param open makes an empty cache of its own each time. */
export function describeCacheContract(name: string, open: OpenCache): void {
  describe(`cache contract: ${name}`, () => {
    describe('conversations and contacts', () => describeConversations(open))
    describe('messages', () => describeMessages(open))
    describe('random histories', () => describeHistories(open))
    describe('pending messages', () => describePending(open))
    describe('order and atomicity', () => describeOrder(open))
  })
}
