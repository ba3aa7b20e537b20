/** The store on PostgreSQL: any number of nodes on one database. */
import { refuse, type Refusal, type Result } from '@rookery/protocol'
import { StoreUnavailable, type Store } from '../../core/ports.ts'
import * as accounts from './accounts.ts'
import type { Connection } from './connection.ts'
import { conversationReads, openDirect } from './conversations.ts'
import { openDatabase } from './database.ts'
import { faultOf } from './faults.ts'
import { changeGroup, createGroup, groupReads, setLink } from './groups.ts'
import { settleHistory } from './history.ts'
import { createIndexUpkeep } from './index-upkeep.ts'
import { openLane } from './lane.ts'
import { createLogQueue } from './log-queue.ts'
import { changeMessage, messageReads } from './messages.ts'
import { prepare } from './opening.ts'
import { changeOwnRows, contactReads } from './own-rows.ts'
import { noteSeen, presenceReads } from './presence.ts'
import { changeProfile, profileReads } from './profiles.ts'
import { inSchemaLock } from './schema.ts'
import { searchReads } from './search.ts'
import * as security from './security.ts'
import * as sessions from './sessions.ts'
import { createTallies } from './tallies.ts'

/**
 * @param url of the database: its schema is made or brought up to date.
 * @param patience milliseconds that a call waits while the database is away, before it is refused.
 * @throws in one line that says what is wrong and how to mend it.
 */
export async function openPostgresStore(url: string, patience = 10_000): Promise<Store> {
  let epoch = await prepare(url)
  const database = openDatabase({
    url,
    patience,
    async confirm(connection) {
      epoch = await inSchemaLock(connection, () => settleHistory(connection))
    },
  })
  const [names, log] = await Promise.all([openLane(database), openLane(database)])
  const queue = createLogQueue(log, createIndexUpkeep(database))
  const { people, avatar } = profileReads(database)

  /** What a person or somebody's devices are: one transaction for each call, in the order of calls. */
  function write<Input, Value extends Result<unknown>>(work: (connection: Connection, input: Input) => Promise<Value>) {
    return (input: Input) =>
      orRefuse(
        names.commit(async (connection) => {
          const value = await work(connection, input)
          return { value, wrote: value.ok }
        }),
      )
  }
  /** What may be done twice needs no lane. */
  function repeat<Input, Value>(work: (connection: Connection, input: Input) => Promise<Value>) {
    return (input: Input) => orRefuse(database.write((connection) => work(connection, input)))
  }

  return {
    get epoch() {
      return epoch
    },
    accounts: {
      ...accounts.accountReads(database),
      people,
      create: write(accounts.createAccount),
      setPassword: write(accounts.setPassword),
      allowLegacy: write(accounts.allowLegacy),
      createTicket: write(accounts.createTicket),
      dropTickets: write(accounts.dropTickets),
      noteSeen: repeat(noteSeen),
      claim: write(accounts.claimAccount),
    },
    sessions: {
      ...sessions.sessionReads(database),
      create: write(sessions.createSession),
      end: write(sessions.endSession),
      touch: repeat(sessions.touchSession),
      endIdleLegacy: repeat(sessions.endIdleLegacy),
    },
    contacts: {
      ...contactReads(database),
      ...presenceReads(database),
      avatar,
      change: (changes) => orRefuse(queue.change(changeOwnRows(changes))),
      changeProfile: (change) => orRefuse(changeProfile(names, change)),
    },
    conversations: {
      ...conversationReads(database),
      openDirect: (pair) => orRefuse(openDirect(database, pair)),
      moveReadPointer: (pointer) => orRefuse(queue.moveReadPointer(pointer)),
    },
    messages: {
      ...messageReads(database),
      append: (message) => orRefuse(queue.append(message)),
      change: (change) => orRefuse(queue.change(changeMessage(change))),
    },
    groups: {
      ...groupReads(database),
      create: write(createGroup),
      change: (change) => orRefuse(queue.change(changeGroup(change))),
      setLink: write(setLink),
    },
    security: {
      ...security.securityReads(database),
      enable: write(security.enableFactor),
      disable: write(security.disableFactor),
      useStep: write(security.useStep),
      useRecoveryCode: write(security.useRecoveryCode),
      replaceRecoveryCodes: write(security.replaceRecoveryCodes),
      addPasskey: write(security.addPasskey),
      usePasskey: write(security.usePasskey),
      removePasskey: write(security.removePasskey),
      removePasskeys: write(security.removePasskeys),
    },
    search: searchReads(database.searches),
    tallies: createTallies(database),
    async close() {
      await queue.close()
      await Promise.all([names.close(), log.close()])
      await database.close()
    },
  }
}

/** A full disk and a database that is away are refusals: the same request may succeed later. */
async function orRefuse<Value>(written: Promise<Value>): Promise<Value | Refusal<'storage_full' | 'unavailable'>> {
  try {
    return await written
  } catch (error) {
    if (error instanceof StoreUnavailable) return refuse('unavailable', 1_000)
    if (faultOf(error) === 'full') return refuse('storage_full')
    throw error
  }
}
