/** Marks a chat read while somebody looks at it. */
import { useEffect } from 'react'
import { useClient } from '../session/use-session.tsx'

/**
 * Listens to the client itself: what arrives is marked before anything is drawn, so no badge flashes for a chat that
 * is open.
 */
export function useReadMarker(conversation: number, attentive: boolean): void {
  const client = useClient()

  useEffect(() => {
    if (!attentive) return

    function mark(isOpening: boolean) {
      const held = client.state().conversations.get(conversation)
      if (!held) return
      // Marked as unread while it is open, it stays so until somebody comes back to it.
      if (held.last_seq > held.read_seq || (isOpening && held.marked)) client.read(conversation, held.last_seq)
    }

    mark(true)
    return client.subscribe(() => mark(false))
  }, [client, conversation, attentive])
}
