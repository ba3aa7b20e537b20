/** The contact list in the order that it is read. */
import type { ContactRow } from '@rookery/protocol'

export type Contacts = ReadonlyMap<number, ContactRow>

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Friends by name. */
export function friendsOf(contacts: Contacts): ContactRow[] {
  return [...contacts.values()]
    .filter(({ state }) => state === 'friend')
    .toSorted((one, other) => byName.compare(one.name, other.name) || one.peer - other.peer)
}

/** Requests, those to answer first, the newest on top. */
export function requestsOf(contacts: Contacts): ContactRow[] {
  const rank = { incoming: 0, outgoing: 1, friend: 2, none: 2 } as const
  return [...contacts.values()]
    .filter(({ state }) => state === 'incoming' || state === 'outgoing')
    .toSorted((one, other) => rank[one.state] - rank[other.state] || other.at - one.at)
}

export function countIncoming(contacts: Contacts): number {
  let count = 0
  for (const { state } of contacts.values()) if (state === 'incoming') count++
  return count
}
