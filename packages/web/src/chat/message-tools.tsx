/** Beside a message that the mouse is on: to answer it, and to all that can be done with it. */
import { Ellipsis, Reply } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import { useDesk } from './desk.ts'
import styles from './message-frame.module.css'

interface MessageToolsProps {
  readonly seq: number
  readonly answerable: boolean
  readonly onMore: (button: Element) => void
}

/** The keyboard has its own way: the message has the focus, not what is in it. */
export function MessageTools({ seq, answerable, onMore }: MessageToolsProps) {
  const desk = useDesk()
  return (
    <>
      {answerable && (
        <button
          type="button"
          className={styles.tool}
          tabIndex={-1}
          aria-label={m.message_reply()}
          title={m.message_reply()}
          onClick={() => desk.doing.set({ kind: 'replying', seq })}
        >
          <Reply size={16} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className={styles.tool}
        tabIndex={-1}
        aria-label={m.message_more()}
        title={m.message_more()}
        onClick={(event) => onMore(event.currentTarget)}
      >
        <Ellipsis size={16} aria-hidden="true" />
      </button>
    </>
  )
}
