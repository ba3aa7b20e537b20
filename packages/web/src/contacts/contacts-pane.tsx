/** Requests on top; friends under their groups, or the groups that one is in. */
import { UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import { ListPane } from '../app/list-pane.tsx'
import { useShowDialog } from '../app/use-shell.ts'
import { m } from '../i18n/messages.ts'
import { Found } from '../search/found.tsx'
import { useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListSkeleton } from '../ui/list-skeleton.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { ContactsMenu } from './contacts-menu.tsx'
import styles from './contacts-pane.module.css'
import { FriendList } from './friend-list.tsx'
import { GroupList } from './group-list.tsx'
import { Requests } from './requests.tsx'
import { hasFriends } from './sort-contacts.ts'

type Shown = 'friends' | 'groups'

export function ContactsPane({ open }: { readonly open: number | null }) {
  const [query, setQuery] = useState('')
  const [shown, setShown] = useState<Shown>('friends')
  const searching = query.trim() !== ''
  return (
    <ListPane title={m.contacts_title()} query={query} onQuery={setQuery} tools={<ContactsMenu />}>
      {searching && <Found query={query.trim()} open={open} peopleTo="profile" />}
      {!searching && (
        <>
          <Requests />
          <div className={styles.segments}>
            <Segmented
              label={m.contacts_title()}
              value={shown}
              onChange={setShown}
              options={[
                { value: 'friends', text: m.contacts_friends() },
                { value: 'groups', text: m.contacts_groups() },
              ]}
            />
          </div>
          {shown === 'friends' ? <Friends open={open} /> : <GroupList />}
        </>
      )}
    </ListPane>
  )
}

function Friends({ open }: { readonly open: number | null }) {
  const showDialog = useShowDialog()
  const some = useClientState(({ contacts }) => hasFriends(contacts))
  const grouped = useClientState(({ settings }) => (settings?.contact_groups.length ?? 0) > 0)
  const synced = useClientState((state) => state.synced)
  if (some || grouped) return <FriendList open={open} />
  if (!synced) return <ListSkeleton />
  return (
    <EmptyState icon={UserRoundPlus} text={m.contacts_empty()}>
      <Button look="primary" onClick={() => showDialog({ kind: 'add', query: '' })}>
        {m.add_title()}
      </Button>
    </EmptyState>
  )
}
