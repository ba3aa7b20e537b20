/** People and groups of this server that are not on this device: asked for as somebody types. */
import { LIMITS, type FoundGroup, type Person } from '@rookery/protocol'
import { useEffect, useState } from 'react'
import { useClient, useClientState, useMe } from '../session/use-session.tsx'
import { useDebounced } from './use-debounced.ts'

interface Directory {
  readonly people: readonly Person[]
  readonly groups: readonly FoundGroup[]
}

const nothing: Directory = { people: [], groups: [] }
const pauseMs = 250

export function useDirectory(query: string): Directory {
  const client = useClient()
  const me = useMe()
  const online = useClientState((state) => state.connection.kind === 'online')
  const wanted = useDebounced(query.slice(0, LIMITS.nameLength), pauseMs)
  const [found, setFound] = useState(nothing)

  useEffect(() => {
    let current = true
    async function ask() {
      const [people, groups] = await Promise.all([
        client.call('people.find', { query: wanted }),
        client.call('groups.find', { query: wanted }),
      ])
      if (!current) return
      const { contacts, conversations } = client.state()
      const isNew = ({ number }: Person) => number !== me.number && contacts.get(number)?.state !== 'friend'
      setFound({
        people: people.ok ? people.value.people.filter(isNew) : [],
        groups: groups.ok ? groups.value.groups.filter(({ conversation }) => !conversations.has(conversation)) : [],
      })
    }
    if (wanted !== '' && online) void ask()
    return () => {
      current = false
    }
  }, [client, me.number, online, wanted])

  return found
}
