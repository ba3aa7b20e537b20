/** Says that a chat is on the screen, while it is. */
import { useEffect, useSyncExternalStore } from 'react'
import { useClient } from '../session/use-session.tsx'

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

export function useLook(conversation: number): void {
  const client = useClient()
  const visible = useSyncExternalStore(subscribe, () => document.visibilityState === 'visible')
  useEffect(() => {
    if (!visible) return
    client.look([conversation])
    return () => client.look([])
  }, [client, conversation, visible])
}
