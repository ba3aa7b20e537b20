/** Own rows of every kind, many at once: one statement for each kind, however many rows there are. */
import type { ContactRow, GroupRequestRow, MembershipRow, SettingsRow } from '@rookery/protocol'
import type { RowChange } from '../../core/own-row-ports.ts'
import * as sql from '../queries/own-rows.ts'
import type { StoredRow } from '../row-changes.ts'
import type { Connection } from './connection.ts'

type ChangeOf<Name extends RowChange['row']> = Extract<RowChange, { row: Name }>
type Rows = readonly (StoredRow | null)[]

/** The rows that these changes are about, each in its change's place; null where there is none. */
export async function readRows(connection: Connection, changes: readonly RowChange[]): Promise<Rows> {
  const rows: (StoredRow | null)[] = changes.map(() => null)
  await Promise.all(kinds.map(({ read }) => read(connection, changes, rows)))
  return rows
}

/** What a change takes with it: the rev of its row, and the last seq of its conversation if it has one. */
export interface Numbers {
  readonly rev: number
  readonly lastSeq: number
}

/** Writes them on top of what is stored; all lists are in the order of the changes. */
export async function putRows(
  connection: Connection,
  changes: readonly RowChange[],
  stored: Rows,
  numbers: readonly Numbers[],
): Promise<void> {
  await Promise.all(kinds.map(({ put }) => put(connection, changes, stored, numbers)))
}

interface Kind<Name extends RowChange['row'], Stored, Row> {
  readonly name: Name
  keysOf(change: ChangeOf<Name>): readonly number[]
  /** Binds each part of the keys as one array. */
  readonly at: string
  readRow(stored: Stored): Row
  valuesOf(change: ChangeOf<Name>, before: Row | null, numbers: Numbers): readonly (string | number | null)[]
  /** Binds each value as one array. */
  readonly into: string
}

function kindOf<Name extends RowChange['row'], Stored, Row extends StoredRow>(kind: Kind<Name, Stored, Row>) {
  const select = (changes: readonly RowChange[]) =>
    changes.flatMap((change, index) => (change.row === kind.name ? [{ change: change as ChangeOf<Name>, index }] : []))
  return {
    async read(connection: Connection, changes: readonly RowChange[], rows: (StoredRow | null)[]): Promise<void> {
      const own = select(changes)
      if (own.length === 0) return
      const keys = transpose(own.map(({ change }) => kind.keysOf(change)))
      for (const { place, ...row } of await connection.query<Stored & { place: number }>(kind.at, keys)) {
        const found = own[place - 1]
        if (found) rows[found.index] = kind.readRow(row as Stored)
      }
    },
    async put(
      connection: Connection,
      changes: readonly RowChange[],
      stored: Rows,
      numbers: readonly Numbers[],
    ): Promise<void> {
      const own = select(changes)
      if (own.length === 0) return
      const values = own.map(({ change, index }) =>
        // The kind of a change is the kind of its row.
        kind.valuesOf(change, (stored[index] ?? null) as Row | null, numbers[index] ?? { rev: 0, lastSeq: 0 }),
      )
      await connection.run(kind.into, transpose(values))
    },
  }
}

function transpose<Value>(rows: readonly (readonly (Value | null)[])[]): (Value | null)[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? null))
}

const contact = kindOf<'contact', sql.StoredContact, ContactRow>({
  name: 'contact',
  keysOf: ({ owner, peer }) => [owner, peer],
  at: `${sql.contacts.replace('SELECT', 'SELECT w.place,')}
    JOIN unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS w (owner, peer, place)
      ON w.owner = c.owner AND w.peer = c.peer`,
  readRow: sql.readContact,
  valuesOf: (change, before, { rev }) => sql.contactValues(change, before, rev),
  into: `${sql.intoContacts} SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[],
      $6::text[], $7::text[], $8::integer[], $9::integer[], $10::bigint[]) ${sql.renewContact}`,
})

const membership = kindOf<'membership', sql.StoredMembership, MembershipRow>({
  name: 'membership',
  keysOf: ({ owner, conversation }) => [owner, conversation],
  at: `${sql.memberships.replace('SELECT', 'SELECT w.place,')}
    JOIN unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS w (owner, conversation, place)
      ON w.owner = m.owner AND w.conversation = m.conversation`,
  readRow: sql.readMembership,
  valuesOf: (change, before, { rev, lastSeq }) => sql.membershipValues(change, before, rev, lastSeq),
  // A nickname that is not set stays, and so does how searches see it.
  into: `${sql.intoMemberships}
    SELECT w.owner, w.conversation, w.writable, w.from_seq, w.read_seq, w.pinned_at, w.muted, w.marked, w.draft, w.rank,
      w.nickname, w.silenced_until, w.gone, w.rev, coalesce(w.folded_nickname, m.folded_nickname, '')
    FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::integer[],
      $8::integer[], $9::text[], $10::integer[], $11::text[], $12::bigint[], $13::integer[], $14::bigint[], $15::text[])
      AS w (owner, conversation, writable, from_seq, read_seq, pinned_at, muted, marked, draft, rank, nickname,
        silenced_until, gone, rev, folded_nickname)
    LEFT JOIN memberships m ON m.owner = w.owner AND m.conversation = w.conversation
    ${sql.renewMembership}, folded_nickname = excluded.folded_nickname`,
})

const request = kindOf<'request', GroupRequestRow, GroupRequestRow>({
  name: 'request',
  keysOf: ({ owner, conversation, number }) => [owner, conversation, number],
  at: `${sql.requests.replace('SELECT', 'SELECT w.place,')}
    JOIN unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS w (owner, conversation, number, place)
      ON w.owner = r.owner AND w.conversation = r.conversation AND w.number = r.number`,
  readRow: (row) => row,
  valuesOf: (change, before, { rev }) => sql.requestValues(change, before, rev),
  into: `${sql.intoRequests} SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],
      $6::bigint[], $7::bigint[]) ${sql.renewRequest}`,
})

const settings = kindOf<'settings', sql.StoredSettings, SettingsRow>({
  name: 'settings',
  keysOf: ({ owner }) => [owner],
  at: `${sql.settings.replace('SELECT', 'SELECT w.place,')}
    JOIN unnest($1::bigint[]) WITH ORDINALITY AS w (owner, place) ON w.owner = a.number`,
  readRow: sql.readSettings,
  valuesOf(change, before, { rev }) {
    if (!before) throw new Error(`There is no account ${change.owner}.`)
    return sql.settingsValues(change, before, rev)
  },
  into: `${sql.intoSettings}
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) ${sql.renewSettings}`,
})

const kinds = [contact, membership, request, settings] as const
