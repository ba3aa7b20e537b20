/** The rows that are somebody's own: how they are read, and how a change to them takes its owner's next rev. */
import type { Database } from 'bun:sqlite'
import { ok, type ContactRow, type MembershipRow } from '@rookery/protocol'
import type { ContactStore, OwnRows, RowChange } from '../../core/ports.ts'
import * as sql from '../queries/own-rows.ts'
import { readMembership, type StoredMembership } from '../queries/own-rows.ts'
import type { Transactions } from './transactions.ts'

export function ownRowReads(db: Database) {
  const contact = db.query<ContactRow, [number, number]>(sql.contactOf)
  const contactsAfter = db.query<ContactRow, [number, number, number]>(sql.contactsAfter)
  const membership = db.query<StoredMembership, [number, number]>(sql.membershipOf)
  const membershipsAfter = db.query<StoredMembership, [number, number, number]>(sql.membershipsAfter)
  return {
    contact: (owner: number, peer: number) => contact.get(owner, peer),
    contactsAfter: (owner: number, rev: number, limit: number) => contactsAfter.all(owner, rev, limit),
    membership(owner: number, conversation: number): MembershipRow | null {
      const row = membership.get(owner, conversation)
      return row && readMembership(row)
    },
    membershipsAfter: (owner: number, rev: number, limit: number): MembershipRow[] =>
      membershipsAfter.all(owner, rev, limit).map(readMembership),
  }
}

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

export function contactReads(db: Database): Pick<ContactStore, 'find' | 'count' | 'friends'> {
  const { contact } = ownRowReads(db)
  const count = db.query<{ count: number }, [number]>(sql.countContacts)
  const friends = db.query<{ peer: number }, [number]>(sql.friendsOf)
  return {
    find: async (owner, peer) => contact(owner, peer),
    count: async (owner) => count.get(owner)?.count ?? 0,
    friends: async (owner) => friends.all(owner).map(({ peer }) => peer),
  }
}

export function contactWrites(db: Database, transactions: Transactions) {
  const reads = ownRowReads(db)
  const nextRev = ownRevs(db, transactions)
  const putContact = db.query(sql.putContact)
  const putMembership = db.query(sql.putMembership)
  const touch = db.query('UPDATE conversations SET txid = $1 WHERE conversation = $2')

  const storedRev = (change: RowChange): number =>
    (change.row === 'contact'
      ? reads.contact(change.owner, change.peer)
      : reads.membership(change.owner, change.conversation)
    )?.rev ?? 0

  function put(change: RowChange): void {
    const rev = nextRev(change.owner)
    switch (change.row) {
      case 'contact':
        putContact.run(change.owner, change.peer, change.state, change.greeting, change.at, rev)
        return
      case 'membership':
        putMembership.run(change.owner, change.conversation, change.writable ? 1 : 0, rev)
        // To a new member all of the conversation is news, however old it is.
        touch.run(transactions.current(), change.conversation)
    }
  }

  return {
    changeOwnRows(changes: readonly RowChange[]) {
      if (changes.some((change) => storedRev(change) !== change.expect)) return ok('stale' as const)
      changes.forEach(put)
      const owners = [...new Set(changes.map(({ owner }) => owner))]
      return ok(
        owners.map((owner): OwnRows => {
          const own = changes.filter((change) => change.owner === owner)
          return {
            owner,
            contacts: own.flatMap((change) =>
              change.row === 'contact' ? (reads.contact(owner, change.peer) ?? []) : [],
            ),
            memberships: own.flatMap((change) =>
              change.row === 'membership' ? (reads.membership(owner, change.conversation) ?? []) : [],
            ),
          }
        }),
      )
    },
  }
}
