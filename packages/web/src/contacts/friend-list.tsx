/** Friends under their groups, which fold; only those in sight are drawn. */
import { ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { VList } from 'virtua'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { useClosedGroups } from './closed-groups.ts'
import { ContactRow } from './contact-row.tsx'
import { contactTree } from './contact-tree.ts'
import styles from './friend-list.module.css'
import { friendsOf } from './sort-contacts.ts'

const noGroups: readonly string[] = []

export function FriendList({ open }: { readonly open: number | null }) {
  const contacts = useClientState((state) => state.contacts)
  const online = useClientState((state) => state.online)
  const groups = useClientState((state) => state.settings?.contact_groups ?? noGroups)
  const [closed, toggle] = useClosedGroups()
  const friends = useMemo(() => friendsOf(contacts), [contacts])
  const lines = useMemo(() => contactTree({ friends, groups, closed, online }), [friends, groups, closed, online])
  return (
    <VList className={styles.list} data={lines} bufferSize={900} role="list" aria-label={m.contacts_list()}>
      {(line) =>
        line.kind === 'group' ? (
          <div role="listitem" key={`group ${line.name}`} className={styles.frame}>
            <button
              type="button"
              className={styles.group}
              aria-expanded={!line.closed}
              data-testid="contact-group"
              data-group={line.name}
              onClick={() => toggle(line.name)}
            >
              <ChevronRight size={16} aria-hidden="true" className={styles.arrow} />
              <span className={styles.name}>{line.name || m.contacts_first_group()}</span>
              <span className={styles.count}>
                {line.online}/{line.total}
              </span>
            </button>
          </div>
        ) : (
          <ContactRow
            key={line.contact.peer}
            contact={line.contact}
            online={online.has(line.contact.peer)}
            open={line.contact.peer === open}
            position={line.position}
            total={line.total}
          />
        )
      }
    </VList>
  )
}
