/** What parts the messages: a day and time, and the line above what is new. */
import { memo } from 'react'
import { separatorTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/messages.ts'
import styles from './separators.module.css'

export const TimeSeparator = memo(function TimeSeparator({ at }: { readonly at: number }) {
  return <p className={styles.time}>{separatorTime(at, useLocale())}</p>
})

export function UnreadLine() {
  useLocale()
  return (
    <p className={styles.unread} data-testid="unread-line">
      {m.chat_new_below()}
    </p>
  )
}
