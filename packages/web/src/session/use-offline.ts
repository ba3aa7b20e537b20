/** Whether this device is cut off. An attempt to connect again is no news until it succeeds. */
import { useState } from 'react'
import { useClientState } from './use-session.tsx'

export function useOffline(): boolean {
  const kind = useClientState((state) => state.connection.kind)
  const [offline, setOffline] = useState(kind === 'waiting')
  const next = kind === 'connecting' ? offline : kind === 'waiting'
  if (next !== offline) setOffline(next)
  return next
}
