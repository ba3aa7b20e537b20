/** One message that says something. */
import { memo, useState } from 'react'
import { clockTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/messages.ts'
import { Avatar } from '../ui/avatar.tsx'
import { classes } from '../ui/classes.ts'
import { DeliveryMark } from './delivery-mark.tsx'
import styles from './bubble.module.css'
import { isEmojiOnly } from './emoji-only.ts'
import { FailedLine } from './failed-line.tsx'
import type { BubbleItem } from './items.ts'
import { MentionText } from './mention-text.tsx'
import { MergedCard } from './merged-card.tsx'
import { MessageFrame } from './message-frame.tsx'
import { Quote } from './quote.tsx'
import { Reactions } from './reactions.tsx'
import { ReadBy } from './read-by.tsx'
import { SenderLine } from './sender-line.tsx'
import { useName } from './use-name.ts'

interface BubbleProps extends BubbleItem {
  readonly conversation: number
  readonly inGroup: boolean
  readonly writable: boolean
  readonly isLast: boolean
  readonly flash: boolean
}

/** A message this young has just come; older ones are history and do not move. */
const freshMs = 1_500
/** In a flood of messages not every one moves. */
const calmMs = 120

let movedAt = 0

function mayMove(at: number): boolean {
  const now = Date.now()
  if (now - at > freshMs || now - movedAt < calmMs) return false
  movedAt = now
  return true
}

export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { id, seq, at, sender, body, delivery, failure, edited, reactions, readBy, starts, ends } = props
  const { conversation, inGroup, writable, isLast, flash } = props
  const locale = useLocale()
  const name = useName(sender, inGroup ? conversation : undefined)
  const [fresh] = useState(() => mayMove(at))
  const own = delivery !== 'received'
  const large = body.kind === 'text' && body.reply_to === undefined && !body.forwarded && isEmojiOnly(body.text)
  return (
    <MessageFrame
      seq={seq}
      delivery={delivery}
      isLast={isLast}
      answerable={writable}
      choosable
      flash={flash}
      className={classes(own ? styles.own : styles.other, ends && styles.ends, fresh && styles.fresh)}
    >
      {!own && <div className={styles.side}>{starts && <Avatar number={sender} name={name} size={36} />}</div>}
      <div className={styles.column}>
        {inGroup && !own && starts && <SenderLine number={sender} name={name} conversation={conversation} />}
        <div
          className={classes(styles.bubble, large && styles.large, starts && styles.first, ends && styles.last)}
          data-body
        >
          <span className="visually-hidden">{own ? m.chat_me() : name}: </span>
          {body.kind === 'text' && body.forwarded && (
            <span className={styles.forwarded}>{m.message_forwarded({ name: body.forwarded.name })}</span>
          )}
          {body.kind === 'text' && body.reply_to !== undefined && (
            <Quote conversation={conversation} seq={body.reply_to} />
          )}
          {body.kind === 'merged' ? (
            <MergedCard body={body} />
          ) : (
            <span className={styles.text} dir="auto" data-testid="message-text">
              <MentionText body={body} conversation={conversation} />
            </span>
          )}
          <span className={styles.meta}>
            {edited && <span data-testid="edited">{m.message_edited()}</span>}
            <time>{clockTime(at, locale)}</time>
            {readBy !== null && readBy > 0 && seq !== null ? (
              <ReadBy count={readBy} seq={seq} />
            ) : (
              <DeliveryMark delivery={delivery} />
            )}
          </span>
        </div>
        {reactions && seq !== null && (
          <Reactions conversation={conversation} seq={seq} reactions={reactions} writable={writable} />
        )}
        {failure !== null && <FailedLine conversation={conversation} id={id} code={failure} />}
      </div>
    </MessageFrame>
  )
})
