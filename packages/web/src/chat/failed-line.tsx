/** Below a message that was refused: why, and what can be done. */
import type { ErrorCode } from '@rookery/protocol'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import styles from './failed-line.module.css'

interface FailedLineProps {
  readonly conversation: number
  readonly id: string
  readonly code: ErrorCode
}

export function FailedLine({ conversation, id, code }: FailedLineProps) {
  const client = useClient()
  return (
    <p className={styles.line} title={refusalText(code)}>
      <span className={styles.dot} aria-hidden="true">
        !
      </span>
      <span>{m.chat_state_failed()}</span>
      <button type="button" className={styles.action} onClick={() => client.retry(conversation, id)}>
        {m.action_retry()}
      </button>
      <button type="button" className={styles.action} onClick={() => client.discard(conversation, id)}>
        {m.chat_discard()}
      </button>
    </p>
  )
}
