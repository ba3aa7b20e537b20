/** The rows that are somebody's own: how they are read, and how a change to them takes its owner's next rev. */
import type { Database } from 'bun:sqlite'
import { ok, type GroupRequestRow, type MembershipRow, type SettingsRow } from '@rookery/protocol'
import type { ContactStore, OwnRowsOf, RowChange } from '../../core/own-row-ports.ts'
import * as sql from '../queries/own-rows.ts'
import { ownRowsOf } from '../row-changes.ts'
import type { Transactions } from './transactions.ts'

export function ownRowReads(db: Database) {
  const contact = db.query<sql.StoredContact, [number, number]>(sql.contactOf)
  const contacts = db.query<sql.StoredContact, [number]>(sql.contactsOf)
  const contactsAfter = db.query<sql.StoredContact, [number, number, number]>(sql.contactsAfter)
  const membership = db.query<sql.StoredMembership, [number, number]>(sql.membershipOf)
  const membershipsAfter = db.query<sql.StoredMembership, [number, number, number]>(sql.membershipsAfter)
  const request = db.query<GroupRequestRow, [number, number, number]>(sql.requestOf)
  const requestsAfter = db.query<GroupRequestRow, [number, number, number]>(sql.requestsAfter)
  const settings = db.query<sql.StoredSettings, [number]>(sql.settingsOf)
  return {
    contact(owner: number, peer: number) {
      const row = contact.get(owner, peer)
      return row && sql.readContact(row)
    },
    contacts: (owner: number) => contacts.all(owner).map(sql.readContact),
    contactsAfter: (owner: number, rev: number, limit: number) =>
      contactsAfter.all(owner, rev, limit).map(sql.readContact),
    membership(owner: number, conversation: number): MembershipRow | null {
      const row = membership.get(owner, conversation)
      return row && sql.readMembership(row)
    },
    membershipsAfter: (owner: number, rev: number, limit: number): MembershipRow[] =>
      membershipsAfter.all(owner, rev, limit).map(sql.readMembership),
    request: (owner: number, conversation: number, number: number) => request.get(owner, conversation, number),
    requestsAfter: (owner: number, rev: number, limit: number) => requestsAfter.all(owner, rev, limit),
    settings(owner: number): SettingsRow {
      const row = settings.get(owner)
      if (!row) throw new Error(`There is no account ${owner}.`)
      return sql.readSettings(row)
    },
  }
}

export type OwnRowReads = ReturnType<typeof ownRowReads>

/** Takes the owner's next rev; and a transaction's number, by which a copy that lacks it is known to be older. */
export function ownRevs(db: Database, transactions: Transactions): (owner: number) => number {
  const next = db.query<{ rev: number }, [number]>(sql.takeRev)
  return (owner) => {
    const row = next.get(owner)
    if (!row) throw new Error(`There is no account ${owner}.`)
    transactions.current()
    return row.rev
  }
}

export function contactReads(db: Database): Pick<ContactStore, 'find' | 'count' | 'friends' | 'all' | 'settings'> {
  const { contact, contacts, settings } = ownRowReads(db)
  const count = db.query<{ count: number }, [number]>(sql.countContacts)
  const friends = db.query<{ peer: number }, [number]>(sql.friendsOf)
  return {
    find: async (owner, peer) => contact(owner, peer),
    count: async (owner) => count.get(owner)?.count ?? 0,
    friends: async (owner) => friends.all(owner).map(({ peer }) => peer),
    all: async (owner) => contacts(owner),
    settings: async (owner) => settings(owner),
  }
}

/** Writes a change to own rows inside the transaction under way; null where one has moved since it was read. */
export function rowChanges(db: Database, transactions: Transactions) {
  const reads = ownRowReads(db)
  const nextRev = ownRevs(db, transactions)
  const putContact = db.query(`${sql.intoContacts}
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ${sql.renewContact}`)
  const putMembership = db.query(`${sql.intoMemberships}
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, coalesce($15, ''))
    ${sql.renewMembership}, folded_nickname = coalesce($15, memberships.folded_nickname)`)
  const putRequest = db.query(`${sql.intoRequests} VALUES ($1, $2, $3, $4, $5, $6, $7) ${sql.renewRequest}`)
  const putSettings = db.query(`${sql.intoSettings} VALUES ($1, $2, $3, $4) ${sql.renewSettings}`)
  const head = db.query<{ last_seq: number }, [number]>('SELECT last_seq FROM conversations WHERE conversation = $1')
  const touch = db.query('UPDATE conversations SET txid = $1 WHERE conversation = $2')

  function stored(change: RowChange) {
    switch (change.row) {
      case 'contact':
        return reads.contact(change.owner, change.peer)
      case 'membership':
        return reads.membership(change.owner, change.conversation)
      case 'request':
        return reads.request(change.owner, change.conversation, change.number)
      case 'settings':
        return reads.settings(change.owner)
    }
  }

  function put(change: RowChange): void {
    const rev = nextRev(change.owner)
    switch (change.row) {
      case 'contact':
        putContact.run(...sql.contactValues(change, reads.contact(change.owner, change.peer), rev))
        return
      case 'membership': {
        const { owner, conversation } = change
        const before = reads.membership(owner, conversation)
        const last = head.get(conversation)?.last_seq ?? 0
        putMembership.run(...sql.membershipValues(change, before, rev, last))
        // To a new member all of the conversation is news, however old it is.
        if (!before || change.set.joins !== undefined) touch.run(transactions.current(), conversation)
        return
      }
      case 'request': {
        const { owner, conversation, number } = change
        putRequest.run(...sql.requestValues(change, reads.request(owner, conversation, number), rev))
        return
      }
      case 'settings':
        putSettings.run(...sql.settingsValues(change, reads.settings(change.owner), rev))
    }
  }

  return {
    isStale: (changes: readonly RowChange[]) => changes.some((change) => (stored(change)?.rev ?? 0) !== change.expect),
    write(changes: readonly RowChange[]): OwnRowsOf[] {
      changes.forEach(put)
      return ownRowsOf(changes, (change) => stored(change))
    },
  }
}

export function contactWrites(db: Database, transactions: Transactions) {
  const { isStale, write } = rowChanges(db, transactions)
  return {
    changeOwnRows: (changes: readonly RowChange[]) => ok(isStale(changes) ? ('stale' as const) : write(changes)),
  }
}
