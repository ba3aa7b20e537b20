/** Requests on top, friends by name below. */
import { UserRoundPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { VList } from 'virtua'
import { useShowDialog } from '../app/use-shell.ts'
import { ListSkeleton } from '../ui/list-skeleton.tsx'
import { matches } from '../ui/matches.ts'
import { m } from '../paraglide/messages.js'
import { useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListPane } from '../app/list-pane.tsx'
import { ContactRow } from './contact-row.tsx'
import { ContactsMenu } from './contacts-menu.tsx'
import styles from './contacts-pane.module.css'
import { RequestRow } from './request-row.tsx'
import { friendsOf, requestsOf } from './sort-contacts.ts'

export function ContactsPane({ open }: { readonly open: number | null }) {
  const showDialog = useShowDialog()
  const contacts = useClientState((state) => state.contacts)
  const online = useClientState((state) => state.online)
  const synced = useClientState((state) => state.synced)
  const [query, setQuery] = useState('')
  const friends = useMemo(() => friendsOf(contacts), [contacts])
  const requests = useMemo(() => requestsOf(contacts), [contacts])
  const found = friends.filter(({ name, peer }) => matches({ name, number: peer }, query))
  return (
    <ListPane title={m.contacts_title()} query={query} onQuery={setQuery} tools={<ContactsMenu />}>
      {requests.length > 0 && (
        <section className={styles.requests}>
          <h2 className={styles.title}>{m.contacts_requests()}</h2>
          <ul>
            {requests.map((request) => (
              <RequestRow key={request.peer} request={request} />
            ))}
          </ul>
        </section>
      )}
      {friends.length > 0 && (
        <h2 className={styles.title}>
          {m.contacts_friends()} <span className={styles.count}>{friends.length}</span>
        </h2>
      )}
      {found.length > 0 && (
        <VList className={styles.list} data={found} bufferSize={900} role="list" aria-label={m.contacts_list()}>
          {(contact, index) => (
            <ContactRow
              key={contact.peer}
              contact={contact}
              online={online.has(contact.peer)}
              open={contact.peer === open}
              position={index + 1}
              total={found.length}
            />
          )}
        </VList>
      )}
      {found.length === 0 && friends.length > 0 && <p className={styles.none}>{m.contacts_no_match()}</p>}
      {friends.length === 0 && !synced && <ListSkeleton />}
      {friends.length === 0 && synced && (
        <EmptyState icon={UserRoundPlus} text={m.contacts_empty()}>
          <Button look="primary" onClick={() => showDialog({ kind: 'add', query: '' })}>
            {m.add_title()}
          </Button>
        </EmptyState>
      )}
    </ListPane>
  )
}
