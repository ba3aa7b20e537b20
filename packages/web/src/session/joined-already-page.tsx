/** A one-time link opened where somebody is logged in: it is not used up by mistake. */
import { Link } from 'wouter'
import { m } from '../i18n/messages.ts'
import { EntryFrame } from './entry-frame.tsx'
import styles from './entry-frame.module.css'

export function JoinedAlreadyPage({ name }: { readonly name: string }) {
  return (
    <EntryFrame title={m.join_invite_title()} detail={m.join_logged_in({ name })}>
      <Link href="/" className={styles.link}>
        {m.join_to_messages()}
      </Link>
    </EntryFrame>
  )
}
