/** The members of a group as a list shows them: page by page, or those whose name was typed. */
import type { GroupConversation } from '@rookery/client'
import type { MemberRow } from '@rookery/protocol'
import { useEffect, useState } from 'react'
import { useClient, useClientState } from '../session/use-session.tsx'

const pauseMs = 180

interface Members {
  /** Null until the first page is here. */
  readonly list: readonly MemberRow[] | null
  /** To be called near the end of the list. */
  readonly more: () => void
}

interface Found {
  readonly members: readonly MemberRow[]
  /** Of the group, as it was then. */
  readonly version: number
}

export function useMembers({ id, group }: GroupConversation, query: string): Members {
  const client = useClient()
  const online = useClientState((state) => state.connection.kind === 'online')
  const list = useClientState((state) => state.groupPeople.get(id)?.list ?? null)
  const version = group?.version ?? 0
  const [found, setFound] = useState<Found | null>(null)

  useEffect(() => () => client.leaveMembers(id), [client, id])

  const missing = online && list === null
  useEffect(() => {
    if (missing) void client.members(id)
  }, [client, id, missing])

  // A group that changed may change what was found in it.
  useEffect(() => {
    if (query === '') return
    let wanted = true
    async function find() {
      const answer = await client.call('groups.members', { conversation: id, query })
      if (wanted && answer.ok) setFound({ members: answer.value.members, version })
    }
    const timer = setTimeout(() => void find(), pauseMs)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [client, id, query, version])

  if (query !== '') return { list: found?.members ?? list, more: () => {} }
  return { list, more: () => void client.members(id) }
}
