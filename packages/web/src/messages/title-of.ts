/** What a conversation is called: the group's name, the other one's as one calls them, or one's own notes. */
import { nameOf, type ClientState, type Conversation } from '@rookery/client'
import { m } from '../i18n/messages.ts'
import { useLocale } from '../i18n/locale.ts'
import { useClientState } from '../session/use-session.tsx'

/** Whether one talks to oneself there. */
export function isNote({ kind, peer }: Pick<Conversation, 'kind' | 'peer'>, me: number | undefined): boolean {
  return kind === 'direct' && peer === me
}

export function titleOf(state: ClientState, conversation: Conversation): string {
  const { kind, peer, name } = conversation
  if (kind === 'group') return name
  if (isNote(conversation, state.me?.number)) return m.note_title()
  return state.contacts.get(peer)?.remark || name || nameOf(state, peer)
}

export function useTitle(conversation: Conversation): string {
  useLocale()
  return useClientState((state) => titleOf(state, conversation))
}
