/** The list of conversations with its filters; while something is searched, what was found instead. */
import { CloudOff } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useSearch } from 'wouter'
import { m } from '../i18n/messages.ts'
import { useOffline } from '../session/use-offline.ts'
import { useClientState } from '../session/use-session.tsx'
import { ListPane } from '../app/list-pane.tsx'
import { ConversationList } from './conversation-list.tsx'
import { passes, type Filter } from './filter.ts'
import { FilterChips } from './filter-chips.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListSkeleton } from '../ui/list-skeleton.tsx'
import { NoConversations } from './no-conversations.tsx'
import { orderConversations } from './order.ts'
import { later } from '../ui/later.tsx'

const Found = later(async () => (await import('../search/found.tsx')).Found)

export function ConversationsPane({ open }: { readonly open: number | null }) {
  const conversations = useClientState((state) => state.conversations)
  const contacts = useClientState((state) => state.contacts)
  const synced = useClientState((state) => state.synced)
  const offline = useOffline()
  const [{ query, during }, setSearch] = useState({ query: '', during: open })
  const [filter, setFilter] = useState<Filter>('all')
  const ordered = useMemo(() => orderConversations({ conversations, contacts }), [conversations, contacts])
  // Choosing a conversation ends the search for it; going to what was said does not: the next hit may be the better.
  const jumping = new URLSearchParams(useSearch()).has('at')
  if (during !== open) setSearch({ query: jumping ? query : '', during: open })
  // The open conversation is read at once; it stays in sight until another is chosen.
  const listed = filter === 'all' ? ordered : ordered.filter((one) => passes(one, filter) || one.id === open)
  const searching = query.trim() !== ''

  return (
    <ListPane title={m.nav_messages()} query={query} onQuery={(next) => setSearch({ query: next, during: open })}>
      {searching && <Found query={query.trim()} open={open} peopleTo="chat" />}
      {!searching && <FilterChips filter={filter} onFilter={setFilter} />}
      {!searching && listed.length > 0 && <ConversationList conversations={listed} open={open} />}
      {!searching && listed.length === 0 && !synced && (offline ? <NotHere /> : <ListSkeleton />)}
      {!searching && listed.length === 0 && synced && (
        <NoConversations filter={filter} onShowAll={() => setFilter('all')} />
      )}
    </ListPane>
  )
}

/** A device that was never in step, and is offline. */
function NotHere() {
  return <EmptyState icon={CloudOff} text={m.list_not_here()} />
}
