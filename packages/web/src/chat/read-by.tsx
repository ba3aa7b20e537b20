/** In a small group: how many have read a message of one's own; a press tells who. */
import { m } from '../i18n/messages.ts'
import { useDesk } from './desk.ts'
import styles from './read-by.module.css'

export function ReadBy({ count, seq }: { readonly count: number; readonly seq: number }) {
  const desk = useDesk()
  return (
    <button
      type="button"
      className={styles.button}
      tabIndex={-1}
      data-testid="read-by"
      onClick={() => desk.opened.set({ kind: 'readers', seq })}
    >
      {m.message_read_by({ count })}
    </button>
  )
}
