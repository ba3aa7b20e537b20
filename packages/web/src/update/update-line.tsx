/** Says that a newer build is ready; nothing else changes until it is loaded. */
import { useSyncExternalStore } from 'react'
import { m } from '../i18n/messages.ts'
import { reloadPage, subscribeUpdate, updateState } from './update.ts'
import styles from './update-line.module.css'

export function UpdateLine() {
  const update = useSyncExternalStore(subscribeUpdate, updateState)
  if (update === 'none') return null
  return (
    <div className={styles.line} role="status" data-testid="update-ready">
      {m.update_ready()}
      <span aria-hidden="true">·</span>
      <button type="button" className={styles.action} onClick={() => void reloadPage('person')}>
        {m.update_reload()}
      </button>
    </div>
  )
}
