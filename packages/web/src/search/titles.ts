/** What is written above what was found. */
import { nameOf, type ClientState } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'
import { titleOf } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'

/** Empty for one that is not there any more. */
export function chatTitle(state: ClientState, id: number): string {
  const chat = state.conversations.get(id)
  return chat ? titleOf(state, chat) : ''
}

/** Who said it, where that is not plain from the chat; empty where it is. */
export function speakerName(state: ClientState, { sender, conversation }: MessageRow): string {
  if (sender === state.me?.number) return m.chat_me()
  return state.conversations.get(conversation)?.kind === 'group' ? nameOf(state, sender, conversation) : ''
}
