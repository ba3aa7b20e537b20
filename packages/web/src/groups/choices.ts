/** One's contacts, to choose from. */
import type { ClientState } from '@rookery/client'
import { friendsOf, shownName } from '../contacts/sort-contacts.ts'
import type { Choice } from './people-picker.tsx'

/** `note` is said of those who are in already. */
export function contactChoices(contacts: ClientState['contacts'], inside: ReadonlySet<number>, note: string): Choice[] {
  return friendsOf(contacts).map((contact) => ({
    number: contact.peer,
    name: shownName(contact),
    ...(inside.has(contact.peer) && { note }),
  }))
}

/** What a group is called that nobody has named: by whoever is in it, as far as there is room. */
export function groupNameOf(names: readonly string[], separator: string, most: number): string {
  let text = ''
  for (const name of names) {
    const next = text === '' ? name : `${text}${separator}${name}`
    if (next.length > most) break
    text = next
  }
  return text
}
