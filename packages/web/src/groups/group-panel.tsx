/** All about a group: what it is, how it is for oneself, and who is in it. It scrolls as a whole. */
import type { GroupConversation } from '@rookery/client'
import { useRef, useState } from 'react'
import { m } from '../i18n/messages.ts'
import { useHeight } from '../ui/use-height.ts'
import { GroupActions } from './group-actions.tsx'
import { GroupHead } from './group-head.tsx'
import styles from './group-panel.module.css'
import { MemberList } from './member-list.tsx'
import { MineSection } from './mine-section.tsx'

interface GroupPanelProps {
  readonly conversation: GroupConversation
  /** Out of the group by one's own doing, or to another page: what shows the panel is not needed any more. */
  readonly onLeft?: () => void
}

export function GroupPanel({ conversation, onLeft }: GroupPanelProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const top = useRef<HTMLDivElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const topHeight = useHeight(top)
  const [query, setQuery] = useState('')
  const { id, group } = conversation
  return (
    <div className={styles.frame} data-testid="group-panel">
      <div ref={scroller} className={styles.scroller}>
        <div ref={top}>
          <GroupHead conversation={conversation} />
          <GroupActions conversation={conversation} />
          {group !== null && group.notice !== '' && (
            <section className={styles.section}>
              <h3 className={styles.title}>{m.group_notice()}</h3>
              <p className={styles.notice} data-testid="group-notice">
                {group.notice}
              </p>
            </section>
          )}
          <MineSection conversation={conversation} onLeft={onLeft} />
          <div className={styles.members}>
            <h3 className={styles.title}>
              {m.group_members()} <span className={styles.count}>{group?.members ?? ''}</span>
            </h3>
            <input
              type="text"
              className={styles.search}
              value={query}
              placeholder={m.group_member_search()}
              aria-label={m.group_member_search()}
              onChange={(event) => setQuery(event.target.value)}
            />
          </div>
        </div>
        <MemberList
          key={id}
          conversation={conversation}
          query={query.trim()}
          scroller={scroller}
          menuPlace={place}
          startMargin={topHeight}
          onGone={onLeft}
        />
      </div>
      <div ref={place} />
    </div>
  )
}
