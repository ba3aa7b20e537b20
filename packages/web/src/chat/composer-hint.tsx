/** Under what is written: which key sends, or how much room is left. */
import { usePreferences } from '../app/preferences.ts'
import { m } from '../i18n/messages.ts'
import styles from './composer.module.css'

/** From here on the reader is told how much room is left. */
const tellFrom = 500

export function ComposerHint({ left }: { readonly left: number }) {
  const { sendKey } = usePreferences()
  if (left < 0) {
    return (
      <p className={styles.over} role="status">
        {m.composer_too_long({ count: -left })}
      </p>
    )
  }
  if (left < tellFrom) return <p className={styles.left}>{m.composer_left({ count: left })}</p>
  return <p className={styles.hint}>{sendKey === 'enter' ? m.composer_hint_enter() : m.composer_hint_ctrl_enter()}</p>
}
