/** The contacts, and the profile of the one that was chosen. */
import { ContactRound } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import { PageMain } from '../ui/page-main.tsx'
import styles from './contacts-page.module.css'
import { ContactsPane } from './contacts-pane.tsx'
import { ProfilePage } from './profile-page.tsx'

export function ContactsPage({ chosen }: { readonly chosen: number | null }) {
  const narrow = useNarrow()
  return (
    <>
      {!(narrow && chosen !== null) && <ContactsPane open={chosen} />}
      {chosen !== null && <ProfilePage key={chosen} number={chosen} />}
      {!narrow && chosen === null && (
        <PageMain className={styles.none}>
          <h1 className="visually-hidden">{m.contacts_title()}</h1>
          <EmptyState icon={ContactRound} text={m.contacts_none_chosen()} />
        </PageMain>
      )}
    </>
  )
}
