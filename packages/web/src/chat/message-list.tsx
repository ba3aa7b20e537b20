/** The messages of one conversation; only those in sight are drawn. */
import { useEffect, useMemo } from 'react'
import { Virtualizer, type CustomContainerComponentProps } from 'virtua'
import type { Conversation } from '@rookery/client'
import { MessageCircle } from 'lucide-react'
import { useTitle } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useMe } from '../session/use-session.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Bubble } from './bubble.tsx'
import { chatItems, type ChatItem } from './items.ts'
import { JumpButton } from './jump-button.tsx'
import { Line } from './line.tsx'
import styles from './message-list.module.css'
import { TimeSeparator, UnreadLine } from './separators.tsx'
import { useChatScroll } from './use-chat-scroll.ts'
import { useJump } from './use-jump.ts'

interface MessageListProps {
  readonly conversation: Conversation
  readonly unreadAfter: number | null
  /** Whether one may write. */
  readonly writable: boolean
}

export function MessageList({ conversation, unreadAfter, writable }: MessageListProps) {
  const { id, kind, last_seq, pending, around } = conversation
  const client = useClient()
  const me = useMe()
  const name = useTitle(conversation)
  const items = useMemo(() => chatItems(conversation, me.number, unreadAfter), [conversation, me.number, unreadAfter])
  const scroll = useChatScroll(conversation, items)
  const { list, scroller, prepends, loading, missing, far, missed, onScroll, onResize } = scroll
  const flashed = useJump(conversation, items, scroll)

  // A chat that is left is at its newest messages when one comes back.
  useEffect(() => () => client.leaveAround(id), [client, id])

  function drawItem(item: ChatItem) {
    if (item.kind === 'time') return <TimeSeparator key={item.id} at={item.at} />
    if (item.kind === 'unread') return <UnreadLine key={item.id} />
    const place = {
      conversation: id,
      inGroup: kind === 'group',
      writable,
      isLast: item === items.at(-1),
      flash: item.seq !== null && item.seq === flashed,
    }
    const position = item.seq ?? last_seq + 1 + pending.findIndex((one) => one.id === item.id)
    // What changes with every message stays outside of what is drawn once.
    return (
      <div key={item.id} role="listitem" aria-posinset={position} aria-setsize={last_seq + pending.length}>
        {item.kind === 'line' ? <Line {...item} {...place} /> : <Bubble {...item} {...place} />}
      </div>
    )
  }

  return (
    <div className={styles.frame}>
      {loading && (
        <p className={styles.loading} role="status">
          {m.chat_loading_older()}
        </p>
      )}
      {missing && !loading && (
        <p className={styles.loading} role="status">
          {m.chat_not_here()}
        </p>
      )}
      {last_seq === 0 && items.length === 0 && <EmptyState icon={MessageCircle} text={m.chat_empty()} />}
      {items.length > 0 && (
        <section
          ref={scroller}
          className={styles.scroller}
          aria-label={m.chat_messages({ name })}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          data-testid="messages"
        >
          <div className={styles.spacer} />
          <Virtualizer
            ref={list}
            data={items}
            as={Rows}
            bufferSize={900}
            shift={prepends}
            onScroll={onScroll}
            onResize={onResize}
          >
            {drawItem}
          </Virtualizer>
        </section>
      )}
      {(far || around) && <JumpButton missed={missed} onJump={scroll.toNewest} />}
    </div>
  )
}

function Rows(props: CustomContainerComponentProps) {
  return <div {...props} role="list" />
}
