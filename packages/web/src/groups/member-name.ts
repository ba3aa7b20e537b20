/** What a member is called in a list of them: by their name in the group, else as everywhere. */
import { nameOf, type ClientState } from '@rookery/client'
import type { MemberRow } from '@rookery/protocol'

export function memberName(state: ClientState, { number, nickname, name }: MemberRow): string {
  const remark = state.contacts.get(number)?.remark
  if (nickname !== '') return nickname
  return remark || (number === state.me?.number ? nameOf(state, number) : name)
}
