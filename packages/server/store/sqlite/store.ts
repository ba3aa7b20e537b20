/** The store on one SQLite file: one writer in a Worker, searches in another, all other reads on this thread. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '../../core/ports.ts'
import { accountReads } from './accounts.ts'
import { conversationReads } from './conversations.ts'
import { databaseFile, openForReading } from './database.ts'
import { markHistory } from './history.ts'
import { groupReads } from './groups.ts'
import { messageReads } from './messages.ts'
import { contactReads } from './own-rows.ts'
import { presenceReads } from './presence.ts'
import { profileReads } from './profiles.ts'
import { openSearcher } from './search-queue.ts'
import { securityReads } from './security.ts'
import { sessionReads } from './sessions.ts'
import { createTallies } from './tallies.ts'
import { startWriter } from './write-queue.ts'

/**
 * Opens `folder/rookery.db`, made if it is not there.
 * @param onFatal told when the disk can no longer be trusted: the caller must end the process.
 */
export async function openSqliteStore(folder: string, onFatal: (reason: string) => void): Promise<Store> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, databaseFile)
  const { epoch, write, close } = await startWriter(file, onFatal)
  const db = openForReading(file)
  const searcher = openSearcher(file)
  const { people, avatar } = profileReads(db)
  const stopMarking = markHistory(db, folder, epoch)
  return {
    epoch,
    accounts: {
      ...accountReads(db),
      people,
      search: (query, limit) => searcher.search('people', { query, limit }),
      create: (account) => write('createAccount', account),
      setPassword: (change) => write('setPassword', change),
      allowLegacy: (change) => write('allowLegacy', change),
      createTicket: (ticket) => write('createTicket', ticket),
      dropTickets: (kind) => write('dropTickets', kind),
      claim: (claim) => write('claimAccount', claim),
      noteSeen: (seen) => write('noteSeen', seen),
    },
    sessions: {
      ...sessionReads(db),
      create: (session) => write('createSession', session),
      touch: (seen) => write('touchSession', seen),
      endIdleLegacy: (since) => write('endIdleLegacy', since),
      end: (session) => write('endSession', session),
    },
    security: {
      ...securityReads(db),
      enable: (factor) => write('enableFactor', factor),
      disable: (number) => write('disableFactor', number),
      useStep: (use) => write('useStep', use),
      useRecoveryCode: (use) => write('useRecoveryCode', use),
      replaceRecoveryCodes: (codes) => write('replaceRecoveryCodes', codes),
      addPasskey: (add) => write('addPasskey', add),
      usePasskey: (use) => write('usePasskey', use),
      removePasskey: (remove) => write('removePasskey', remove),
      removePasskeys: (number) => write('removePasskeys', number),
    },
    contacts: {
      ...contactReads(db),
      ...presenceReads(db),
      avatar,
      change: (changes) => write('changeOwnRows', changes),
      changeProfile: (change) => write('changeProfile', change),
    },
    conversations: {
      ...conversationReads(db),
      openDirect: (pair) => write('openDirect', pair),
      moveReadPointer: (pointer) => write('moveReadPointer', pointer),
    },
    messages: {
      ...messageReads(db),
      append: (message) => write('appendMessage', message),
      change: (change) => write('changeMessage', change),
    },
    groups: {
      ...groupReads(db),
      search: (query, limit) => searcher.search('groups', { query, limit }),
      create: (group) => write('createGroup', group),
      change: (change) => write('changeGroup', change),
      setLink: (link) => write('setGroupLink', link),
    },
    search: { find: (request) => searcher.search('messages', request, request.number) },
    tallies: createTallies(),
    async close() {
      stopMarking()
      searcher.close()
      db.close()
      await close()
    },
  }
}
