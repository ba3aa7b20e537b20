/** The second line of a conversation: that somebody writes, a draft, else what was said last, sent or not. */
import { CircleAlert, Clock } from 'lucide-react'
import type { Conversation } from '@rookery/client'
import { m } from '../paraglide/messages.js'
import { classes } from '../ui/classes.ts'
import { bodyText } from './body-text.ts'
import { useDraft } from './drafts.ts'
import styles from './preview.module.css'

interface PreviewProps {
  readonly conversation: Conversation
  /** The draft of an open conversation stands in its composer already. */
  readonly open: boolean
}

export function Preview({ conversation, open }: PreviewProps) {
  const [draft] = useDraft(conversation.id)
  const waiting = conversation.pending.at(-1)
  const last = conversation.messages.at(-1)
  if (conversation.typing.includes(conversation.peer)) {
    return (
      <span className={classes(styles.preview, styles.typing)} data-testid="row-typing">
        {m.list_typing()}
      </span>
    )
  }
  if (draft.trim() !== '' && !open) {
    return (
      <span className={styles.preview}>
        <span className={styles.draft}>{m.list_draft()}</span> {draft}
      </span>
    )
  }
  if (waiting) {
    return (
      <span className={styles.preview}>
        {waiting.state.kind === 'failed' ? (
          <CircleAlert size={13} className={styles.failed} role="img" aria-label={m.list_failed()} />
        ) : waiting.state.kind === 'sent' ? null : (
          <Clock size={13} className={styles.icon} role="img" aria-label={m.list_sending()} />
        )}
        {bodyText(waiting.body)}
      </span>
    )
  }
  if (last) return <span className={styles.preview}>{bodyText(last.body)}</span>
  return <span className={styles.preview}>{conversation.last_seq === 0 && m.list_new_contact()}</span>
}
