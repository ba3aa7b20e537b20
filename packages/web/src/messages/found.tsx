/** What a search finds on this device, and the way to look further. */
import { Search } from 'lucide-react'
import type { Conversation } from '@rookery/client'
import { useShowDialog } from '../app/use-shell.ts'
import { ContactRow } from '../contacts/contact-row.tsx'
import { friendsOf } from '../contacts/sort-contacts.ts'
import { m } from '../paraglide/messages.js'
import { useClientState } from '../session/use-session.tsx'
import { ConversationRow } from './conversation-row.tsx'
import styles from './found.module.css'
import { matches } from '../ui/matches.ts'

/** More than this nobody reads; a longer query finds less. */
const most = 50

interface FoundProps {
  readonly query: string
  readonly ordered: readonly Conversation[]
  readonly open: number | null
}

export function Found({ query, ordered, open }: FoundProps) {
  const showDialog = useShowDialog()
  const contacts = useClientState((state) => state.contacts)
  const online = useClientState((state) => state.online)
  const chats = ordered.filter((one) => matches({ name: one.name, number: one.peer }, query)).slice(0, most)
  const people = friendsOf(contacts)
    .filter((one) => matches({ name: one.name, number: one.peer }, query))
    .slice(0, most)
  return (
    <div className={styles.found}>
      {chats.length > 0 && <h2 className={styles.title}>{m.list_found_chats()}</h2>}
      <div role={chats.length > 0 ? 'list' : undefined}>
        {chats.map((one, index) => (
          <ConversationRow
            key={one.id}
            conversation={one}
            online={online.has(one.peer)}
            open={one.id === open}
            position={index + 1}
            total={chats.length}
          />
        ))}
      </div>
      {people.length > 0 && <h2 className={styles.title}>{m.list_found_contacts()}</h2>}
      <div role={people.length > 0 ? 'list' : undefined}>
        {people.map((one, index) => (
          <ContactRow
            key={one.peer}
            contact={one}
            online={online.has(one.peer)}
            open={false}
            position={index + 1}
            total={people.length}
          />
        ))}
      </div>
      {chats.length + people.length === 0 && <p className={styles.none}>{m.list_found_none()}</p>}
      <button type="button" className={styles.further} onClick={() => showDialog({ kind: 'add', query: query.trim() })}>
        <Search size={18} aria-hidden="true" className={styles.icon} />
        {m.list_find_person({ query: query.trim() })}
      </button>
    </div>
  )
}
