/** What somebody is called here; whoever draws a name asks for it. */
import { nameOf } from '@rookery/client'
import type { GroupRole } from '@rookery/protocol'
import { useEffect } from 'react'
import { useClient, useClientState } from '../session/use-session.tsx'

export function useName(number: number, conversation?: number): string {
  const client = useClient()
  useEffect(() => client.know([number], conversation), [client, number, conversation])
  return useClientState((state) => nameOf(state, number, conversation))
}

/** Their role in this group; a plain member's where it is not known. */
export function useRole(number: number, conversation: number): GroupRole {
  return useClientState((state) => state.groupPeople.get(conversation)?.people.get(number)?.role ?? 'member')
}
