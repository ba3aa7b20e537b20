/** What people are called. Pure. */
import type { ClientState } from './state.ts'

/**
 * What somebody is called here: in a group by their name in it; else by the owner's remark, else by their own name, and
 * where it is not known (`know` asks for it) by their number.
 */
export function nameOf(state: ClientState, number: number, conversation?: number): string {
  const nickname = conversation === undefined ? '' : nicknameOf(state, number, conversation)
  if (nickname !== '') return nickname
  if (number === state.me?.number) return state.settings?.name ?? state.me.name
  const contact = state.contacts.get(number)
  const other = conversation === undefined ? undefined : state.conversations.get(conversation)
  const found = contact?.remark || contact?.name || (other?.peer === number && other.name)
  return found || state.people.get(number)?.name || String(number)
}

function nicknameOf({ me, conversations, groupPeople }: ClientState, number: number, id: number): string {
  const conversation = conversations.get(id)
  if (conversation?.kind !== 'group') return ''
  return number === me?.number ? conversation.nickname : (groupPeople.get(id)?.people.get(number)?.nickname ?? '')
}
