/** What every store promises (core/ports.ts), as one suite: each implementation's own test runs it. */
import { describe } from 'bun:test'
import { describeAccounts } from './contract/accounts.ts'
import { describeGroupPeople } from './contract/group-people.ts'
import { describeGroups } from './contract/groups.ts'
import { describeMessageChanges } from './contract/message-changes.ts'
import { describeMessages } from './contract/messages.ts'
import type { OpenStore } from './contract/people.ts'
import { describeProfiles } from './contract/profiles.ts'
import { describeReadPointers } from './contract/read-pointers.ts'
import { describeOwnRowKinds } from './contract/own-row-kinds.ts'
import { describeOwnRows } from './contract/own-rows.ts'
import { describeRetries } from './contract/retries.ts'
import { describeSearchScope } from './contract/search-scope.ts'
import { describeSearch } from './contract/search.ts'
import { describeSessions } from './contract/sessions.ts'
import { describeSyncChanges } from './contract/sync-changes.ts'
import { describePresence } from './contract/presence.ts'
import { describeSecurity } from './contract/security.ts'
import { describeSync } from './contract/sync.ts'
import { describeTallies } from './contract/tallies.ts'
import { describeTickets } from './contract/tickets.ts'
import { describeUnread } from './contract/unread.ts'

export type { OpenedStore, OpenStore } from './contract/people.ts'

/** @param open makes an empty store of its own each time. */
export function describeStoreContract(name: string, open: OpenStore): void {
  describe(`store contract: ${name}`, () => {
    describe('accounts', () => describeAccounts(open))
    describe('tickets', () => describeTickets(open))
    describe('sessions', () => describeSessions(open))
    describe('own rows', () => describeOwnRows(open))
    describe('kinds of own rows', () => describeOwnRowKinds(open))
    describe('read pointers', () => describeReadPointers(open))
    describe('messages', () => describeMessages(open))
    describe('retries', () => describeRetries(open))
    describe('message changes', () => describeMessageChanges(open))
    describe('unread', () => describeUnread(open))
    describe('sync', () => describeSync(open))
    describe('changes in sync', () => describeSyncChanges(open))
    describe('groups', () => describeGroups(open))
    describe('people of groups', () => describeGroupPeople(open))
    describe('profiles', () => describeProfiles(open))
    describe('search', () => describeSearch(open))
    describe('scope of search', () => describeSearchScope(open))
    describe('presence', () => describePresence(open))
    describe('security', () => describeSecurity(open))
    describe('tallies', () => describeTallies(open))
  })
}
