/** One message. */
import { memo, useState } from 'react'
import { clockTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { bodyText } from '../messages/body-text.ts'
import { m } from '../paraglide/messages.js'
import { Avatar } from '../ui/avatar.tsx'
import { classes } from '../ui/classes.ts'
import { DeliveryMark } from './delivery-mark.tsx'
import styles from './bubble.module.css'
import { isEmojiOnly } from './emoji-only.ts'
import { FailedLine } from './failed-line.tsx'
import type { BubbleItem } from './items.ts'
import { MessageText } from './message-text.tsx'

interface BubbleProps extends BubbleItem {
  readonly conversation: number
  readonly peer: number
  readonly name: string
  readonly position: number
  readonly total: number
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
  const { id, seq, at, body, delivery, failure, starts, ends, conversation, peer, name, position, total } = props
  const locale = useLocale()
  const [fresh] = useState(() => mayMove(at))
  const own = delivery !== 'received'
  const text = bodyText(body)
  const large = isEmojiOnly(text)
  return (
    <div
      role="listitem"
      aria-posinset={position}
      aria-setsize={total}
      className={classes(styles.row, own ? styles.own : styles.other, ends && styles.ends, fresh && styles.fresh)}
      data-testid="message"
      data-seq={seq ?? undefined}
      data-state={delivery}
    >
      {!own && <div className={styles.side}>{starts && <Avatar number={peer} name={name} size={36} />}</div>}
      <div className={styles.column}>
        <div className={classes(styles.bubble, large && styles.large, starts && styles.first, ends && styles.last)}>
          <span className="visually-hidden">{own ? m.chat_me() : name}: </span>
          <span className={styles.text} dir="auto" data-testid="message-text">
            <MessageText text={text} />
          </span>
          <span className={styles.meta}>
            <time>{clockTime(at, locale)}</time>
            <DeliveryMark delivery={delivery} />
          </span>
        </div>
        {failure !== null && <FailedLine conversation={conversation} id={id} code={failure} />}
      </div>
    </div>
  )
})
