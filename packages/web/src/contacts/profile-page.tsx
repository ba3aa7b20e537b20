/** A contact's card beside the list, or as a page of its own where there is no room beside. */
import { ArrowLeft, ContactRound } from 'lucide-react'
import { useLocation } from 'wouter'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import { PageMain } from '../ui/page-main.tsx'
import styles from './contacts-page.module.css'
import { ProfileCard } from './profile-card.tsx'

export function ProfilePage({ number }: { readonly number: number }) {
  const [, go] = useLocation()
  const narrow = useNarrow()
  const contact = useClientState((state) => state.contacts.get(number))
  const back = () => go('/contacts')
  return (
    <PageMain className={styles.page}>
      <h1 className="visually-hidden">{m.profile_title()}</h1>
      {narrow && (
        <div className={styles.bar}>
          <IconButton label={m.action_back()} onClick={back}>
            <ArrowLeft size={22} aria-hidden="true" />
          </IconButton>
        </div>
      )}
      <div className={styles.centre}>
        {contact === undefined || (contact.state === 'none' && !contact.blocked) ? (
          <EmptyState icon={ContactRound} text={m.contacts_none_chosen()} />
        ) : (
          <ProfileCard number={number} name={contact.name} onGone={back} />
        )}
      </div>
    </PageMain>
  )
}
