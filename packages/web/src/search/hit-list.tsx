/** Results under each other, each between what was said right before and after it; further ones come by scrolling. */
import { useRef } from 'react'
import { VList, type VListHandle } from 'virtua'
import { m } from '../i18n/messages.ts'
import { ContextHit } from './context-hit.tsx'
import styles from './hit-list.module.css'
import type { Hit } from './use-message-hits.ts'

interface HitListProps {
  readonly hits: readonly Hit[]
  readonly query: string
  readonly more: boolean
  readonly onMore: () => void
}

const headroomPx = 1200

export function HitList({ hits, query, more, onMore }: HitListProps) {
  const list = useRef<VListHandle>(null)
  function askMore(offset: number) {
    const { current } = list
    if (more && current && current.scrollSize - current.viewportSize - offset < headroomPx) onMore()
  }
  return (
    <VList
      ref={list}
      className={styles.list}
      data={hits}
      bufferSize={900}
      role="list"
      aria-label={m.search_messages()}
      data-testid="hits"
      onScroll={askMore}
    >
      {(hit) => (
        <div role="listitem" key={hit.message.id} className={styles.frame}>
          <ContextHit hit={hit} query={query} />
        </div>
      )}
    </VList>
  )
}
