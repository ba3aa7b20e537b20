/** Whether the list and the chat that is open, if one is, have something to show. */
import type { Conversation } from '@rookery/client'
import { useClientState } from '../session/use-session.tsx'

export function useMessagesHere(open: number | null): boolean {
  return useClientState(({ synced, conversations }) => {
    const conversation = open === null ? undefined : conversations.get(open)
    return synced && (conversation === undefined || hasMessages(conversation))
  })
}

/** Besides the newest, which the list shows too. */
function hasMessages({ messages, last_seq, from_seq }: Conversation): boolean {
  return messages.length >= Math.min(2, last_seq - from_seq)
}
