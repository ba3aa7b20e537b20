/** The unsent text of one conversation, the same on all devices; another user of this browser does not see it. */
import type { Conversation } from '@rookery/client'
import { useEffect, useSyncExternalStore } from 'react'
import { useClient, useMe } from '../session/use-session.tsx'
import { draftOf, dropDraft, saveDraft, subscribeDrafts } from './draft-store.ts'

/**
 * What is typed here stands first, until the server has it: what comes back from there is never put over a text that
 * is being written.
 */
export function useDraft(conversation: Conversation): string {
  const { id, draft, told } = conversation
  const { number } = useMe()
  const here = useSyncExternalStore(subscribeDrafts, () => draftOf(number, id))
  useEffect(() => {
    if (here !== undefined && here === told.draft && here === draft) dropDraft(number, id)
  }, [here, told.draft, draft, number, id])
  return here ?? draft
}

export function useSetDraft(conversation: number): (text: string) => void {
  const client = useClient()
  const { number } = useMe()
  return (text) => {
    saveDraft(number, conversation, text)
    client.arrange(conversation, { draft: text })
  }
}
