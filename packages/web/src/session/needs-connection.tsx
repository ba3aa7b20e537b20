/** Stands where something would be that only the server can tell. */
import { CloudOff } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import styles from './needs-connection.module.css'

export function NeedsConnection() {
  return (
    <p className={styles.note}>
      <CloudOff size={14} aria-hidden="true" className={styles.icon} />
      {m.offline_needs_connection()}
    </p>
  )
}
