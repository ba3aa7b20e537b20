/** What every store promises (core/ports.ts), as one suite: each implementation's own test runs it. */
import { describe } from 'bun:test'
import { describeAccounts } from './contract/accounts.ts'
import { describeMessages } from './contract/messages.ts'
import type { OpenStore } from './contract/people.ts'
import { describeReadPointers } from './contract/read-pointers.ts'
import { describeOwnRows } from './contract/own-rows.ts'
import { describeSessions } from './contract/sessions.ts'
import { describeSync } from './contract/sync.ts'
import { describeTallies } from './contract/tallies.ts'
import { describeTickets } from './contract/tickets.ts'

export type { OpenedStore, OpenStore } from './contract/people.ts'

/** @param open makes an empty store of its own each time. */
export function describeStoreContract(name: string, open: OpenStore): void {
  describe(`store contract: ${name}`, () => {
    describe('accounts', () => describeAccounts(open))
    describe('tickets', () => describeTickets(open))
    describe('sessions', () => describeSessions(open))
    describe('own rows', () => describeOwnRows(open))
    describe('read pointers', () => describeReadPointers(open))
    describe('messages', () => describeMessages(open))
    describe('sync', () => describeSync(open))
    describe('tallies', () => describeTallies(open))
  })
}
