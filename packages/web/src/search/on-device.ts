/** What this device itself knows of a query. Pure. */
import type { ClientState, DirectConversation, GroupConversation } from '@rookery/client'
import { friendsOf, shownName } from '../contacts/sort-contacts.ts'
import { groupsOf } from '../groups/sort-groups.ts'
import { matches } from '../ui/matches.ts'

/** More than this nobody reads; a longer query finds less. */
const most = 50

export interface KnownPerson {
  readonly number: number
  /** As the owner calls them. */
  readonly name: string
  /** Their own name, where the owner calls them otherwise. */
  readonly own: string
  /** The chat with them; null where there is none. */
  readonly conversation: number | null
  readonly isContact: boolean
}

/** Contacts by remark, name or number; then those who are none any more, but have been written to. */
export function findPeople(
  contacts: ClientState['contacts'],
  conversations: ClientState['conversations'],
  me: number,
  query: string,
): KnownPerson[] {
  const chats = new Map<number, DirectConversation>()
  for (const one of conversations.values()) if (one.kind === 'direct' && one.peer !== me) chats.set(one.peer, one)
  const friends = friendsOf(contacts).map((contact) => ({
    number: contact.peer,
    name: shownName(contact),
    own: contact.remark === '' ? '' : contact.name,
    conversation: chats.get(contact.peer)?.id ?? null,
    isContact: true,
  }))
  const known = new Set(friends.map(({ number }) => number))
  const former = [...chats.values()]
    .filter((one) => !known.has(one.peer) && one.last_seq > 0 && contacts.get(one.peer)?.blocked !== true)
    .map((one) => ({ number: one.peer, name: one.name, own: '', conversation: one.id, isContact: false }))
  return [...friends, ...former]
    .filter((one) => matches(one, query) || (one.own !== '' && matches({ ...one, name: one.own }, query)))
    .slice(0, most)
}

export function findGroups(conversations: ClientState['conversations'], query: string): GroupConversation[] {
  return groupsOf(conversations)
    .filter(({ id, name }) => matches({ name, number: id }, query))
    .slice(0, most)
}
