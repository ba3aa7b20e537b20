/** Who asks: to be a contact, to come into a group; and what one has asked oneself. */
import { groupRequestsOf } from '../groups/sort-groups.ts'
import { GroupRequest } from '../groups/group-request.tsx'
import { m } from '../i18n/messages.ts'
import { useClientState, useMe } from '../session/use-session.tsx'
import { useMemo, useState } from 'react'
import { RequestRow } from './request-row.tsx'
import styles from './contacts-pane.module.css'
import { requestsOf } from './sort-contacts.ts'

export function Requests() {
  const me = useMe()
  const contacts = useClientState((state) => state.contacts)
  const asked = useClientState((state) => state.requests)
  const [now] = useState(Date.now)
  const people = useMemo(() => requestsOf(contacts), [contacts])
  const groups = useMemo(() => groupRequestsOf(asked, me.number, now), [asked, me.number, now])
  if (people.length + groups.length === 0) return null
  return (
    <section className={styles.requests}>
      <h2 className={styles.title}>{m.contacts_requests()}</h2>
      <ul>
        {people.map((request) => (
          <RequestRow key={request.peer} request={request} />
        ))}
        {groups.map((request) => (
          <GroupRequest key={`${request.conversation} ${request.number}`} request={request} />
        ))}
      </ul>
    </section>
  )
}
