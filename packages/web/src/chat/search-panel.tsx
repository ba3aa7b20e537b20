/** Looks for words in one chat; what is found leads to its place. Also the way to a day. */
import type { Conversation } from '@rookery/client'
import { LIMITS } from '@rookery/protocol'
import { Search, X } from 'lucide-react'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { m } from '../i18n/messages.ts'
import { useDebounced } from '../search/use-debounced.ts'
import { useMessageHits } from '../search/use-message-hits.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import { DateJump } from './date-jump.tsx'
import { useDesk } from './desk.ts'
import { FoundMessage } from './found-message.tsx'
import styles from './search-panel.module.css'

export function SearchPanel({ conversation }: { readonly conversation: Conversation }) {
  const { searching } = useDesk()
  const open = useSyncExternalStore(searching.subscribe, searching.state)
  return open ? <OpenPanel conversation={conversation} /> : null
}

/** Typing is not over before. */
const pauseMs = 250

function OpenPanel({ conversation }: { readonly conversation: Conversation }) {
  const { id } = conversation
  const desk = useDesk()
  const narrow = useNarrow()
  const [typed, setTyped] = useState('')
  const query = useDebounced(typed.trim(), pauseMs)
  const wanted = useMemo(() => (query === '' ? null : { query, conversation: id }), [query, id])
  const { hits, more, state, loadMore } = useMessageHits(wanted, LIMITS.foundMessages)

  function close() {
    desk.searching.set(false)
    desk.field.state()?.focus()
  }

  function jump(seq: number) {
    desk.target.set({ seq })
    if (narrow) desk.searching.set(false)
  }

  return (
    <section className={styles.panel} aria-label={m.chat_search()} data-testid="search-panel">
      <div className={styles.head}>
        <search className={styles.field}>
          <Search size={16} aria-hidden="true" />
          <input
            type="search"
            className={styles.input}
            value={typed}
            maxLength={LIMITS.nameLength}
            aria-label={m.chat_search()}
            placeholder={m.chat_search()}
            data-search-chat
            autoFocus
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.stopPropagation()
              close()
            }}
          />
        </search>
        <DateJump conversation={conversation} onJump={jump} />
        <IconButton label={m.action_close()} onClick={close}>
          <X size={19} aria-hidden="true" />
        </IconButton>
      </div>
      <p className={styles.note} role="status">
        {state === 'failed' && m.search_offline()}
        {state === 'done' && query !== '' && hits.length === 0 && m.search_none()}
      </p>
      <ul className={styles.list}>
        {hits.map((hit) => (
          <FoundMessage key={hit.message.seq} hit={hit} query={query} onJump={() => jump(hit.message.seq)} />
        ))}
        {more && (
          <li className={styles.more}>
            <Button size="small" onClick={loadMore}>
              {m.chat_search_more()}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
}
