/** The list of conversations with its filters; while something is searched, what was found instead. */
import { CloudOff } from 'lucide-react'
import { useMemo, useState } from 'react'
import { m } from '../paraglide/messages.js'
import { useOffline } from '../session/use-offline.ts'
import { useClientState } from '../session/use-session.tsx'
import { ListPane } from '../app/list-pane.tsx'
import { ConversationList } from './conversation-list.tsx'
import { FilterChips, type Filter } from './filter-chips.tsx'
import { Found } from './found.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListSkeleton } from '../ui/list-skeleton.tsx'
import { NoConversations } from './no-conversations.tsx'
import { orderConversations } from './order.ts'

export function ConversationsPane({ open }: { readonly open: number | null }) {
  const conversations = useClientState((state) => state.conversations)
  const synced = useClientState((state) => state.synced)
  const offline = useOffline()
  const [{ query, during }, setSearch] = useState({ query: '', during: open })
  const [filter, setFilter] = useState<Filter>('all')
  const ordered = useMemo(() => orderConversations(conversations), [conversations])
  // Choosing a conversation ends the search for it.
  if (during !== open) setSearch({ query: '', during: open })
  // The open conversation is read at once; it stays in sight until another is chosen.
  const listed = filter === 'all' ? ordered : ordered.filter((one) => one.unread > 0 || one.id === open)
  const searching = query.trim() !== ''

  return (
    <ListPane title={m.nav_messages()} query={query} onQuery={(next) => setSearch({ query: next, during: open })}>
      {searching && <Found query={query} ordered={ordered} open={open} />}
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
