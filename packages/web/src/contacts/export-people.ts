/** Hands the friends over as the old campus client's `Friends.txt`. */
import { writePeople } from '@rookery/client'
import { friendsOf, type Contacts } from './sort-contacts.ts'

/** A download reads its address only after the click is over. */
const keptMs = 10_000

export function friendsFile(contacts: Contacts): string {
  return writePeople(friendsOf(contacts).map(({ name, peer }) => ({ name, number: peer })))
}

export function downloadFriends(contacts: Contacts): void {
  const url = URL.createObjectURL(new Blob([friendsFile(contacts)], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'Friends.txt'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), keptMs)
}
