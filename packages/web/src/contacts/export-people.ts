/** Hands the friends over as the old campus client's `Friends.txt`. */
import { writePeople } from '@rookery/client'
import { download } from '../ui/download.ts'
import { friendsOf, type Contacts } from './sort-contacts.ts'

export function friendsFile(contacts: Contacts): string {
  return writePeople(friendsOf(contacts).map(({ name, peer }) => ({ name, number: peer })))
}

export function downloadFriends(contacts: Contacts): void {
  download(new Blob([friendsFile(contacts)], { type: 'text/plain;charset=utf-8' }), 'Friends.txt')
}
