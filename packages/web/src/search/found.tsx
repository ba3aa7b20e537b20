/** What a search finds: people, groups, messages; what is on this device at once, the rest as the server answers. */
import { Search } from 'lucide-react'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { m } from '../i18n/messages.ts'
import { useClientState, useMe } from '../session/use-session.tsx'
import { LIMITS } from '@rookery/protocol'
import { GroupHit, NewGroupHit } from './group-hits.tsx'
import { NewPersonHit, PersonHit } from './person-hits.tsx'
import { findGroups, findPeople } from './on-device.ts'
import styles from './found.module.css'
import { MessageHits } from './message-hits.tsx'
import { useDebounced } from './use-debounced.ts'
import { useDirectory } from './use-directory.ts'
import { useMessageHits } from './use-message-hits.ts'
import { Section } from './section.tsx'

interface FoundProps {
  readonly query: string
  readonly open: number | null
  /** Where a contact leads: to the chat with them, or to their card. */
  readonly peopleTo: 'chat' | 'profile'
}

const pauseMs = 250

export function Found({ query, open, peopleTo }: FoundProps) {
  const me = useMe()
  const contacts = useClientState((state) => state.contacts)
  const conversations = useClientState((state) => state.conversations)
  const people = useMemo(
    () => findPeople(contacts, conversations, me.number, query),
    [contacts, conversations, me.number, query],
  )
  const groups = useMemo(() => findGroups(conversations, query), [conversations, query])
  const directory = useDirectory(query)
  const words = useDebounced(query.slice(0, LIMITS.nameLength), pauseMs)
  const asked = useMemo(() => (words === '' ? null : { query: words }), [words])
  const { hits, more, state } = useMessageHits(asked, LIMITS.foundMessages)
  const busy = state === 'busy' || words !== query.slice(0, LIMITS.nameLength)
  const all = people.length + groups.length + directory.people.length + directory.groups.length + hits.length

  return (
    <div className={styles.found} data-testid="found">
      <Section title={m.search_people()}>
        {[
          ...people.map((one) => <PersonHit key={one.number} person={one} query={query} open={open} to={peopleTo} />),
          ...directory.people.map((one) => <NewPersonHit key={one.number} person={one} query={query} />),
        ]}
      </Section>
      <Section title={m.search_groups()}>
        {[
          ...groups.map((one) => <GroupHit key={one.id} group={one} query={query} open={one.id === open} />),
          ...directory.groups.map((one) => <NewGroupHit key={one.conversation} group={one} query={query} />),
        ]}
      </Section>
      <MessageHits hits={hits} query={words} />
      {hits.length > 0 && (
        <Link href={`/find?q=${encodeURIComponent(query)}`} className={styles.further}>
          <Search size={18} aria-hidden="true" className={styles.icon} />
          {more ? m.search_all() : m.search_all_count({ count: hits.length })}
        </Link>
      )}
      {all === 0 && !busy && <p className={styles.none}>{m.search_none()}</p>}
      {state === 'failed' && <p className={styles.none}>{m.search_offline()}</p>}
    </div>
  )
}
