/** The contact list in the order that it is read. */
import type { ContactRow } from '@rookery/protocol'

export type Contacts = ReadonlyMap<number, ContactRow>

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** The owner's remark, else their own name. */
export function shownName({ remark, name }: Pick<ContactRow, 'remark' | 'name'>): string {
  return remark || name
}

/** Friends by name; those who are blocked are in a list of their own, in the settings. */
export function friendsOf(contacts: Contacts): ContactRow[] {
  return [...contacts.values()]
    .filter(({ state, blocked }) => state === 'friend' && !blocked)
    .toSorted((one, other) => byName.compare(shownName(one), shownName(other)) || one.peer - other.peer)
}

export function hasFriends(contacts: Contacts): boolean {
  for (const { state, blocked } of contacts.values()) if (state === 'friend' && !blocked) return true
  return false
}

export function blockedOf(contacts: Contacts): ContactRow[] {
  return [...contacts.values()]
    .filter(({ blocked }) => blocked)
    .toSorted((one, other) => byName.compare(shownName(one), shownName(other)) || one.peer - other.peer)
}

/** Requests, those to answer first, the newest on top. */
export function requestsOf(contacts: Contacts): ContactRow[] {
  const rank = { incoming: 0, outgoing: 1, friend: 2, none: 2 } as const
  return [...contacts.values()]
    .filter(({ state, blocked }) => !blocked && (state === 'incoming' || state === 'outgoing'))
    .toSorted((one, other) => rank[one.state] - rank[other.state] || other.at - one.at)
}

export function countIncoming(contacts: Contacts): number {
  let count = 0
  for (const { state, blocked } of contacts.values()) if (state === 'incoming' && !blocked) count++
  return count
}
