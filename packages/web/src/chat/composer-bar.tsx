/** Above the text: which message is answered, or edited. */
import { findMessage } from '@rookery/client'
import { Pencil, Reply, X } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useMouse } from '../ui/use-media-query.ts'
import styles from './composer-bar.module.css'
import { stopDoing, useDesk, type Doing } from './desk.ts'
import { QuoteWords } from './quote.tsx'

interface ComposerBarProps {
  readonly conversation: number
  readonly doing: Doing
}

export function ComposerBar({ conversation, doing }: ComposerBarProps) {
  const desk = useDesk()
  const keyboard = useMouse()
  const seq = doing.kind === 'replying' || doing.kind === 'editing' ? doing.seq : null
  const row = useClientState((state) => (seq === null ? null : findMessage(state, conversation, seq)))
  if (seq === null) return null
  const Icon = doing.kind === 'editing' ? Pencil : Reply
  return (
    <div className={styles.bar} data-testid="composer-bar" data-doing={doing.kind}>
      <Icon size={18} className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        {doing.kind === 'editing' ? (
          <>
            <span className={styles.title}>{m.composer_editing()}</span>
            {keyboard && <span className={styles.hint}>{m.composer_editing_hint()}</span>}
          </>
        ) : (
          row && <QuoteWords row={row} />
        )}
      </div>
      <IconButton
        label={doing.kind === 'editing' ? m.composer_stop_editing() : m.composer_stop_replying()}
        onClick={() => {
          stopDoing(desk)
          desk.field.state()?.focus()
        }}
      >
        <X size={18} aria-hidden="true" />
      </IconButton>
    </div>
  )
}
