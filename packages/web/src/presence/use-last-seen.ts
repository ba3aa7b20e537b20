/** When a contact was last there: asked for when somebody looks, since it matters to nobody else. */
import { useEffect, useState } from 'react'
import { useClient, useClientState } from '../session/use-session.tsx'

/** Milliseconds since 1970; 0 while they are there, and where it is not known or not for us. */
export function useLastSeen(number: number): number {
  const client = useClient()
  const connected = useClientState((state) => state.connection.kind === 'online')
  const away = useClientState((state) => !state.online.has(number) && state.contacts.get(number)?.state === 'friend')
  const [seen, setSeen] = useState({ number: 0, at: 0 })

  useEffect(() => {
    if (!away || !connected) return
    let wanted = true
    async function ask() {
      const answer = await client.call('presence.read', { numbers: [number] })
      const [read] = answer.ok ? answer.value.people : []
      if (wanted && read) setSeen({ number, at: read.last_seen })
    }
    void ask()
    return () => {
      wanted = false
    }
  }, [client, number, away, connected])

  return away && seen.number === number ? seen.at : 0
}
