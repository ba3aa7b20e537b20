/** The messages of one conversation; only those in sight are drawn. */
import { useMemo } from 'react'
import { Virtualizer, type CustomContainerComponentProps } from 'virtua'
import type { Conversation } from '@rookery/client'
import { MessageCircle } from 'lucide-react'
import { m } from '../paraglide/messages.js'
import { useMe } from '../session/use-session.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Bubble } from './bubble.tsx'
import { chatItems, type ChatItem } from './items.ts'
import { JumpButton } from './jump-button.tsx'
import styles from './message-list.module.css'
import { TimeSeparator, UnreadLine } from './separators.tsx'
import { useChatScroll } from './use-chat-scroll.ts'

interface MessageListProps {
  readonly conversation: Conversation
  readonly unreadAfter: number | null
}

export function MessageList({ conversation, unreadAfter }: MessageListProps) {
  const { id, peer, name, last_seq, pending } = conversation
  const me = useMe()
  const items = useMemo(() => chatItems(conversation, me.number, unreadAfter), [conversation, me.number, unreadAfter])
  const { list, prepends, loading, missing, far, missed, onScroll, onResize, toEnd } = useChatScroll(
    conversation,
    items,
  )

  function drawItem(item: ChatItem) {
    switch (item.kind) {
      case 'time':
        return <TimeSeparator key={item.id} at={item.at} />
      case 'unread':
        return <UnreadLine key={item.id} />
      case 'bubble':
        return (
          <Bubble
            key={item.id}
            {...item}
            conversation={id}
            peer={peer}
            name={name}
            position={item.seq ?? last_seq + 1 + pending.findIndex((one) => one.id === item.id)}
            total={last_seq + pending.length}
          />
        )
    }
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
      {far && <JumpButton missed={missed} onJump={toEnd} />}
    </div>
  )
}

function Rows(props: CustomContainerComponentProps) {
  return <div {...props} role="list" />
}
