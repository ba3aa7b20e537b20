/** One friend in a list. */
import type { ContactRow as Contact } from '@rookery/protocol'
import { memo } from 'react'
import { Link } from 'wouter'
import { m } from '../paraglide/messages.js'
import { useLocale } from '../i18n/locale.ts'
import { Avatar } from '../ui/avatar.tsx'
import styles from './contact-row.module.css'

interface ContactRowProps {
  readonly contact: Contact
  readonly online: boolean
  readonly open: boolean
  readonly position: number
  readonly total: number
}

export const ContactRow = memo(function ContactRow({ contact, online, open, position, total }: ContactRowProps) {
  useLocale()
  return (
    <div role="listitem" aria-posinset={position} aria-setsize={total} className={styles.frame}>
      <Link
        href={`/contacts/${contact.peer}`}
        className={styles.row}
        aria-current={open ? 'page' : undefined}
        data-testid="contact"
        data-peer={contact.peer}
      >
        <Avatar number={contact.peer} name={contact.name} size={36} />
        <span className={styles.text}>
          <span className={styles.name}>{contact.name}</span>
          <span className={styles.presence} data-online={online}>
            {online ? m.presence_online() : m.presence_offline()}
          </span>
        </span>
      </Link>
    </div>
  )
})
