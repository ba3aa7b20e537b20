/** One friend in a list. */
import type { ContactRow as Contact } from '@rookery/protocol'
import { memo } from 'react'
import { Link } from 'wouter'
import { statusText } from '../presence/presence-text.ts'
import { useClientState } from '../session/use-session.tsx'
import { useLocale } from '../i18n/locale.ts'
import { Avatar } from '../ui/avatar.tsx'
import styles from './contact-row.module.css'
import { shownName } from './sort-contacts.ts'

interface ContactRowProps {
  readonly contact: Contact
  readonly online: boolean
  readonly open: boolean
  readonly position: number
  readonly total: number
}

export const ContactRow = memo(function ContactRow({ contact, online, open, position, total }: ContactRowProps) {
  useLocale()
  const status = useClientState((state) => (online && state.online.get(contact.peer)) || 'offline')
  return (
    <div role="listitem" aria-posinset={position} aria-setsize={total} className={styles.frame}>
      <Link
        href={`/contacts/${contact.peer}`}
        className={styles.row}
        aria-current={open ? 'page' : undefined}
        data-testid="contact"
        data-peer={contact.peer}
      >
        <Avatar number={contact.peer} name={shownName(contact)} size={36} />
        <span className={styles.text}>
          <span className={styles.name}>
            {shownName(contact)}
            {contact.remark !== '' && <span className={styles.own}> {contact.name}</span>}
          </span>
          <span className={styles.presence} data-status={status}>
            {statusText(status)}
            {contact.signature !== '' && <span className={styles.signature}>{contact.signature}</span>}
          </span>
        </span>
      </Link>
    </div>
  )
})
