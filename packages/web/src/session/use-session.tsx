/** The session as the screens see it; below `ActiveSession` there is always one. */
import type { Client, ClientState } from '@rookery/client'
import type { Me } from '@rookery/protocol'
import { createContext, use, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { sessionState, subscribeSession, type Session } from './session.ts'

export function useSession(): Session {
  return useSyncExternalStore(subscribeSession, sessionState)
}

const ActiveContext = createContext<{ client: Client; me: Me } | null>(null)

interface ActiveSessionProps {
  readonly client: Client
  readonly me: Me
  readonly children: ReactNode
}

export function ActiveSession({ client, me, children }: ActiveSessionProps) {
  const active = useMemo(() => ({ client, me }), [client, me])
  return <ActiveContext value={active}>{children}</ActiveContext>
}

function useActive(): { client: Client; me: Me } {
  const active = use(ActiveContext)
  if (active === null) throw new Error('This part is drawn for people who are logged in only.')
  return active
}

export function useClient(): Client {
  return useActive().client
}

export function useMe(): Me {
  return useActive().me
}

/** Draws again when the selected part changed; `select` must answer the same object while nothing did. */
export function useClientState<Part>(select: (state: ClientState) => Part): Part {
  const client = useClient()
  return useSyncExternalStore(client.subscribe, () => select(client.state()))
}
