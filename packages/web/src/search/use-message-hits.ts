/** Messages that hold the words, page by page. */
import type { Input, Output } from '@rookery/protocol'
import { useEffect, useRef, useState } from 'react'
import { useClient, useClientState } from '../session/use-session.tsx'

export type Hit = Output<'messages.find'>['found'][number]
export type HitQuery = Omit<Input<'messages.find'>, 'cursor' | 'limit'>

interface Page {
  readonly of: HitQuery | null
  readonly hits: readonly Hit[]
  /** Empty where there is no more. */
  readonly cursor: string
  readonly failed: boolean
}

export interface Hits {
  /** Those of the query before, until the first answer to this one. */
  readonly hits: readonly Hit[]
  readonly more: boolean
  readonly state: 'busy' | 'done' | 'failed'
  readonly loadMore: () => void
}

/** `query` must stay the same object while it asks for the same. Null asks for nothing. */
export function useMessageHits(query: HitQuery | null, limit: number): Hits {
  const client = useClient()
  const [page, setPage] = useState<Page>({ of: null, hits: [], cursor: '', failed: false })
  /** The query and the cursor that are being asked. */
  const asking = useRef<string | null>(null)
  const connection = useClientState((state) => state.connection.kind)
  // What could not be asked, or got no answer, is asked once there is a connection.
  const isDue = query !== null && connection === 'online' && (page.of !== query || page.failed)

  useEffect(() => {
    let wanted = true
    async function ask() {
      if (query === null || !isDue) return
      const answer = await client.call('messages.find', { ...query, limit })
      if (!wanted) return
      asking.current = null
      const { found: hits, cursor } = answer.ok ? answer.value : { found: [], cursor: '' }
      setPage({ of: query, hits, cursor, failed: !answer.ok })
    }
    void ask()
    return () => {
      wanted = false
    }
  }, [client, query, limit, isDue])

  async function loadMore() {
    const { of, cursor, hits } = page
    if (query === null || of !== query || cursor === '' || asking.current === cursor) return
    asking.current = cursor
    const answer = await client.call('messages.find', { ...query, cursor, limit })
    asking.current = null
    if (!answer.ok) return
    const { found, cursor: next } = answer.value
    // What was asked for in between stays.
    setPage((now) => (now.of === of ? { of, hits: [...hits, ...found], cursor: next, failed: false } : now))
  }

  if (query === null) return { hits: [], more: false, state: 'done', loadMore: () => {} }
  return {
    hits: page.hits,
    more: page.cursor !== '',
    state: page.of === query ? (page.failed ? 'failed' : 'done') : connection === 'waiting' ? 'failed' : 'busy',
    loadMore: () => void loadMore(),
  }
}
