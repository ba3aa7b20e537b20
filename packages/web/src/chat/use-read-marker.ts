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

    function mark() {
      const held = client.state().conversations.get(conversation)
      if (held && held.last_seq > held.read_seq) client.read(conversation, held.last_seq)
    }

    mark()
    return client.subscribe(mark)
  }, [client, conversation, attentive])
}
