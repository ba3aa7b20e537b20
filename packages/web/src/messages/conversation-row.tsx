/** One conversation: who, what was said last, when, and how much is unread. */
import { BellOff, Pin } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'wouter'
import type { Conversation } from '@rookery/client'
import { listTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/messages.ts'
import type { Anchor } from '../chat/desk.ts'
import { Badge } from '../ui/badge.tsx'
import badge from '../ui/badge.module.css'
import { classes } from '../ui/classes.ts'
import { useLongPress } from '../ui/use-long-press.ts'
import { ConversationAvatar } from './conversation-avatar.tsx'
import styles from './conversation-row.module.css'
import { lastAt } from './order.ts'
import { Preview } from './preview.tsx'
import { useTitle } from './title-of.ts'

interface ConversationRowProps {
  readonly conversation: Conversation
  readonly online: boolean
  readonly open: boolean
  readonly position: number
  readonly total: number
  readonly onMenu?: (id: number, anchor: Anchor) => void
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, online, open, position, total, onMenu } = props
  const { id, kind, peer, pinned_at, muted, unread, marked } = conversation
  const locale = useLocale()
  const title = useTitle(conversation)
  const press = useLongPress((x, y) => onMenu?.(id, { x, y }))
  const at = lastAt(conversation)
  const pinned = pinned_at > 0
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the link in it has this menu
    <div
      role="listitem"
      aria-posinset={position}
      aria-setsize={total}
      className={styles.frame}
      onContextMenu={(event) => {
        if (!onMenu) return
        event.preventDefault()
        // By the keyboard it comes without a place.
        const isPointed = event.clientX > 0 || event.clientY > 0
        onMenu(id, isPointed ? { x: event.clientX, y: event.clientY } : event.currentTarget)
      }}
      {...press}
    >
      <Link
        href={`/c/${id}`}
        className={classes(styles.row, pinned && styles.pinned)}
        aria-current={open ? 'page' : undefined}
        data-testid="conversation"
        data-id={id}
        data-peer={kind === 'direct' ? peer : undefined}
        data-pinned={pinned}
      >
        <ConversationAvatar conversation={conversation} online={online} />
        <span className={styles.text}>
          <span className={styles.line}>
            <span className={styles.name}>{title}</span>
            {pinned && <Pin size={13} className={styles.sign} role="img" aria-label={m.row_pinned()} />}
            {at > 0 && <time className={styles.time}>{listTime(at, locale)}</time>}
          </span>
          <span className={styles.line}>
            <Preview conversation={conversation} open={open} />
            {muted && <BellOff size={14} className={styles.sign} role="img" aria-label={m.row_muted()} />}
            <Badge count={unread} of={m.list_unread_count()} quiet={muted} />
            {marked && unread === 0 && (
              <span
                className={classes(badge.dot, muted && badge.quiet)}
                role="img"
                aria-label={m.row_marked()}
                data-testid="marked"
              />
            )}
          </span>
        </span>
      </Link>
    </div>
  )
})
