/** The first stop of the Tab key: past the rail and the list to what the page is about. */
import { m } from '../i18n/messages.ts'
import { mainId } from '../ui/page-main.tsx'
import styles from './skip-link.module.css'

export function SkipLink() {
  return (
    <a
      href={`#${mainId}`}
      className={styles.skip}
      onClick={(event) => {
        // Only the focus goes there: the address says which chat is open, and Back leads to the one before.
        event.preventDefault()
        document.getElementById(mainId)?.focus()
      }}
    >
      {m.nav_skip()}
    </a>
  )
}
