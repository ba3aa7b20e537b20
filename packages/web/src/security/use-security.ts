/** How this account is protected, as the server says; asked again after each change. */
import type { Answer } from '@rookery/protocol'
import { useCallback, useEffect, useState } from 'react'
import { useClient, useClientState } from '../session/use-session.tsx'

export interface Security {
  /** Null until it is known. */
  readonly answer: Answer<'security.read'> | null
  readonly refresh: () => Promise<void>
}

export function useSecurity(): Security {
  const client = useClient()
  const online = useClientState((state) => state.connection.kind === 'online')
  const [answer, setAnswer] = useState<Answer<'security.read'> | null>(null)
  const refresh = useCallback(async () => setAnswer(await client.call('security.read', {})), [client])

  useEffect(() => {
    if (!online) return
    let wanted = true
    async function read() {
      const next = await client.call('security.read', {})
      if (wanted) setAnswer(next)
    }
    void read()
    return () => {
      wanted = false
    }
  }, [client, online])

  return { answer, refresh }
}
