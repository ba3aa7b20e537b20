/** What the page has to say above everything else: no connection, a new build. */
import { UpdateLine } from '../update/update-line.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import styles from './top-lines.module.css'

export function TopLines() {
  return (
    <div className={styles.lines}>
      <ConnectionBanner />
      <UpdateLine />
    </div>
  )
}
