/** The unsent text of one conversation; another user of this browser does not see it. */
import { useSyncExternalStore } from 'react'
import { useMe } from '../session/use-session.tsx'
import { draftOf, saveDraft, subscribeDrafts } from './draft-store.ts'

/** The text and the way to change it. */
export function useDraft(conversation: number): [string, (text: string) => void] {
  const { number } = useMe()
  const text = useSyncExternalStore(subscribeDrafts, () => draftOf(number, conversation))
  return [text, (next) => saveDraft(number, conversation, next)]
}
