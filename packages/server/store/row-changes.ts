/** What the owners' devices have to learn of a change to their rows. */
import type { ContactRow, GroupRequestRow, MembershipRow, SettingsRow } from '@rookery/protocol'
import type { OwnRowsOf, RowChange } from '../core/own-row-ports.ts'

export type StoredRow = ContactRow | MembershipRow | GroupRequestRow | SettingsRow

/** @param read the row as it is after the change. */
export function ownRowsOf(changes: readonly RowChange[], read: (change: RowChange) => StoredRow | null): OwnRowsOf[] {
  const byOwner = new Map<number, OwnRowsOf>()
  for (const change of changes) {
    const { owner } = change
    const rows = byOwner.get(owner) ?? { owner, contacts: [], memberships: [], requests: [], settings: [] }
    byOwner.set(owner, rows)
    const row = read(change)
    if (row) listOf(rows, change).push(row)
  }
  return [...byOwner.values()]
}

/** The kind of the change is the kind of its row. */
function listOf(rows: OwnRowsOf, { row }: RowChange): StoredRow[] {
  switch (row) {
    case 'contact':
      return rows.contacts
    case 'membership':
      return rows.memberships
    case 'request':
      return rows.requests
    case 'settings':
      return rows.settings
  }
}
