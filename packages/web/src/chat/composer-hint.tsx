/** Under what is written: which key sends, or how much room is left. */
import { usePreferences, type SendKey } from '../app/preferences.ts'
import { m } from '../i18n/messages.ts'
import styles from './composer.module.css'

/** From here on the reader is told how much room is left. */
const tellFrom = 500

interface ComposerHintProps {
  readonly left: number
  /** What was written before is saved, nothing new sent. */
  readonly saving: boolean
}

export function ComposerHint({ left, saving }: ComposerHintProps) {
  const { sendKey } = usePreferences()
  if (left < 0) {
    return (
      <p className={styles.over} role="status">
        {m.composer_too_long({ count: -left })}
      </p>
    )
  }
  if (left < tellFrom) return <p className={styles.left}>{m.composer_left({ count: left })}</p>
  return <p className={styles.hint}>{saving ? saveHint(sendKey) : sendHint(sendKey)}</p>
}

function sendHint(key: SendKey): string {
  return key === 'enter' ? m.composer_hint_enter() : m.composer_hint_ctrl_enter()
}

function saveHint(key: SendKey): string {
  return key === 'enter' ? m.composer_save_hint_enter() : m.composer_save_hint_ctrl_enter()
}
