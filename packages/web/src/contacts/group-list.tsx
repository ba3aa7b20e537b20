/** The groups that one is in, by name; a press opens the chat. */
import type { GroupConversation } from '@rookery/client'
import { Users } from 'lucide-react'
import { useMemo } from 'react'
import { VList } from 'virtua'
import { useShowDialog } from '../app/use-shell.ts'
import { GroupRow } from '../groups/group-row.tsx'
import { groupsOf } from '../groups/sort-groups.ts'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListSkeleton } from '../ui/list-skeleton.tsx'
import styles from './friend-list.module.css'

export function GroupList() {
  const showDialog = useShowDialog()
  const conversations = useClientState((state) => state.conversations)
  const synced = useClientState((state) => state.synced)
  const groups: readonly GroupConversation[] = useMemo(() => groupsOf(conversations), [conversations])
  if (groups.length === 0) {
    if (!synced) return <ListSkeleton />
    return (
      <EmptyState icon={Users} text={m.groups_empty()}>
        <Button look="primary" onClick={() => showDialog({ kind: 'create-group', members: [] })}>
          {m.group_create()}
        </Button>
      </EmptyState>
    )
  }
  return (
    <VList className={styles.list} data={groups} bufferSize={900} role="list" aria-label={m.contacts_groups()}>
      {(group, index) => <GroupRow key={group.id} group={group} position={index + 1} total={groups.length} />}
    </VList>
  )
}
