/** `/find`: all messages that hold some words, with filters; the address keeps them. */
import { ArrowLeft, SearchX, TextSearch } from 'lucide-react'
import { useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { m } from '../i18n/messages.ts'
import { ConversationsPane } from '../messages/conversations-pane.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { PageMain } from '../ui/page-main.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import { FilterBar } from './filter-bar.tsx'
import { readFilters, toQuery, writeFilters, type Filters } from './filters.ts'
import styles from './find-page.module.css'
import { HitList } from './hit-list.tsx'
import { useDebounced } from './use-debounced.ts'
import { useMessageHits } from './use-message-hits.ts'

const pauseMs = 250
const pageSize = 20

export function FindPage() {
  const [, go] = useLocation()
  const search = useSearch()
  const narrow = useNarrow()
  const filters = readFilters(search)
  const settled = useDebounced(search, pauseMs)
  const query = useMemo(() => toQuery(readFilters(settled)), [settled])
  const { hits, more, state, loadMore } = useMessageHits(query, pageSize)

  function change(next: Partial<Filters>) {
    go(`/find?${writeFilters({ ...filters, ...next })}`, { replace: true })
  }

  return (
    <>
      {!narrow && <ConversationsPane open={null} />}
      <PageMain className={styles.page}>
        <div className={styles.top}>
          <div className={styles.bar}>
            {narrow && (
              <IconButton label={m.action_back()} onClick={() => go('/')}>
                <ArrowLeft size={22} aria-hidden="true" />
              </IconButton>
            )}
            <h1 className={styles.title}>{m.search_all()}</h1>
          </div>
          <FilterBar filters={filters} onChange={change} />
        </div>
        {query === null && <EmptyState icon={TextSearch} text={m.search_hint()} />}
        {query !== null && hits.length > 0 && <HitList hits={hits} query={query.query} more={more} onMore={loadMore} />}
        {query !== null && hits.length === 0 && state === 'done' && (
          <EmptyState icon={SearchX} text={m.search_none()} />
        )}
        {query !== null && state === 'failed' && <EmptyState icon={SearchX} text={m.search_offline()} />}
      </PageMain>
    </>
  )
}
