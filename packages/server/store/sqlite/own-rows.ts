/** The rows that are somebody's own: how they are read, and how a change to them takes its owner's next rev. */
import type { Database } from 'bun:sqlite'
import { ok, type ContactRow, type MembershipRow } from '@rookery/protocol'
import type { ContactStore, OwnRows, RowChange } from '../../core/ports.ts'
import type { Transactions } from './transactions.ts'

interface StoredMembership extends Omit<MembershipRow, 'writable' | 'kind'> {
  readonly writable: number
}

const contactColumns = 'c.peer, a.name, c.state, c.greeting, c.at, c.rev'
const contactTables = 'contacts c JOIN accounts a ON a.number = c.peer'
const membershipColumns = 'm.conversation, a.number AS peer, a.name, m.writable, m.read_seq, m.rev'
const membershipTables = `memberships m JOIN conversations v ON v.conversation = m.conversation
  JOIN accounts a ON a.number = CASE v.low WHEN m.owner THEN v.high ELSE v.low END`

export function ownRowReads(db: Database) {
  const contact = db.query<ContactRow, [number, number]>(
    `SELECT ${contactColumns} FROM ${contactTables} WHERE c.owner = +$1 AND c.peer = +$2`,
  )
  const contactsAfter = db.query<ContactRow, [number, number, number]>(
    `SELECT ${contactColumns} FROM ${contactTables} WHERE c.owner = +$1 AND c.rev > +$2 ORDER BY c.rev LIMIT +$3`,
  )
  const membership = db.query<StoredMembership, [number, number]>(
    `SELECT ${membershipColumns} FROM ${membershipTables} WHERE m.owner = +$1 AND m.conversation = +$2`,
  )
  const membershipsAfter = db.query<StoredMembership, [number, number, number]>(
    `SELECT ${membershipColumns} FROM ${membershipTables} WHERE m.owner = +$1 AND m.rev > +$2 ORDER BY m.rev LIMIT +$3`,
  )
  return {
    contact: (owner: number, peer: number) => contact.get(owner, peer),
    contactsAfter: (owner: number, rev: number, limit: number) => contactsAfter.all(owner, rev, limit),
    membership(owner: number, conversation: number): MembershipRow | null {
      const row = membership.get(owner, conversation)
      return row && wireMembership(row)
    },
    membershipsAfter: (owner: number, rev: number, limit: number): MembershipRow[] =>
      membershipsAfter.all(owner, rev, limit).map(wireMembership),
  }
}

/** Takes the owner's next rev; and a transaction's number, by which a copy that lacks it is known to be older. */
export function ownRevs(db: Database, transactions: Transactions): (owner: number) => number {
  const next = db.query<{ rev: number }, [number]>('UPDATE accounts SET rev = rev + 1 WHERE number = $1 RETURNING rev')
  return (owner) => {
    const row = next.get(owner)
    if (!row) throw new Error(`There is no account ${owner}.`)
    transactions.current()
    return row.rev
  }
}

export function contactReads(db: Database): Pick<ContactStore, 'find' | 'count' | 'friends'> {
  const { contact } = ownRowReads(db)
  const count = db.query<{ count: number }, [number]>(
    `SELECT count(*) AS count FROM contacts WHERE owner = $1 AND state IN ('friend', 'outgoing')`,
  )
  const friends = db.query<{ peer: number }, [number]>(
    `SELECT peer FROM contacts WHERE owner = $1 AND state = 'friend'`,
  )
  return {
    find: async (owner, peer) => contact(owner, peer),
    count: async (owner) => count.get(owner)?.count ?? 0,
    friends: async (owner) => friends.all(owner).map(({ peer }) => peer),
  }
}

export function contactWrites(db: Database, transactions: Transactions) {
  const reads = ownRowReads(db)
  const nextRev = ownRevs(db, transactions)
  const putContact = db.query(
    `INSERT INTO contacts (owner, peer, state, greeting, at, rev) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (owner, peer) DO UPDATE
     SET state = excluded.state, greeting = excluded.greeting, at = excluded.at, rev = excluded.rev`,
  )
  const putMembership = db.query(
    `INSERT INTO memberships (owner, conversation, writable, rev) VALUES ($1, $2, $3, $4)
     ON CONFLICT (owner, conversation) DO UPDATE SET writable = excluded.writable, rev = excluded.rev`,
  )

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

function wireMembership(row: StoredMembership): MembershipRow {
  return { ...row, kind: 'direct', writable: row.writable === 1 }
}
