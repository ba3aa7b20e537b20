/** One conversation: who, what was said last, when, and how much is unread. */
import { memo } from 'react'
import { Link } from 'wouter'
import type { Conversation } from '@rookery/client'
import { listTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../paraglide/messages.js'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import styles from './conversation-row.module.css'
import { lastAt } from './order.ts'
import { Preview } from './preview.tsx'

interface ConversationRowProps {
  readonly conversation: Conversation
  readonly online: boolean
  readonly open: boolean
  readonly position: number
  readonly total: number
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, online, open, position, total } = props
  const locale = useLocale()
  const at = lastAt(conversation)
  return (
    <div role="listitem" aria-posinset={position} aria-setsize={total} className={styles.frame}>
      <Link
        href={`/c/${conversation.id}`}
        className={styles.row}
        aria-current={open ? 'page' : undefined}
        data-testid="conversation"
        data-peer={conversation.peer}
      >
        <Avatar number={conversation.peer} name={conversation.name} online={online} />
        <span className={styles.text}>
          <span className={styles.line}>
            <span className={styles.name}>{conversation.name}</span>
            {at > 0 && <time className={styles.time}>{listTime(at, locale)}</time>}
          </span>
          <span className={styles.line}>
            <Preview conversation={conversation} open={open} />
            <Badge count={conversation.unread} of={m.list_unread_count()} />
          </span>
        </span>
      </Link>
    </div>
  )
})
