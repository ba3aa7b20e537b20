/** Groups that were found: those one is in, and those one could come into. */
import type { GroupConversation } from '@rookery/client'
import type { FoundGroup } from '@rookery/protocol'
import { Plus } from 'lucide-react'
import { Link } from 'wouter'
import { useShowDialog } from '../app/use-shell.ts'
import { m } from '../i18n/messages.ts'
import { Avatar } from '../ui/avatar.tsx'
import { classes } from '../ui/classes.ts'
import styles from './found.module.css'
import { MarkedText } from './marked-text.tsx'

interface GroupHitProps {
  readonly group: GroupConversation
  readonly query: string
  readonly open: boolean
}

export function GroupHit({ group: { id, name, group }, query, open }: GroupHitProps) {
  return (
    <Link
      href={`/c/${id}`}
      className={styles.row}
      aria-current={open ? 'page' : undefined}
      data-testid="group-hit"
      data-group={id}
    >
      <Avatar number={id} name={name} size={36} shape="group" />
      <span className={styles.text}>
        <span className={styles.name}>
          <MarkedText text={name} query={query} />
        </span>
        <span className={styles.words}>{m.group_member_count({ count: group?.members ?? 0 })}</span>
      </span>
    </Link>
  )
}

export function NewGroupHit({ group, query }: { readonly group: FoundGroup; readonly query: string }) {
  const { conversation, name, members } = group
  const showDialog = useShowDialog()
  return (
    <button
      type="button"
      className={classes(styles.row, styles.new)}
      data-testid="new-group-hit"
      data-group={conversation}
      aria-label={m.group_join_of({ name })}
      onClick={() => showDialog({ kind: 'join-group', group })}
    >
      <Avatar number={conversation} name={name} size={36} shape="group" />
      <span className={styles.text}>
        <span className={styles.name}>
          <MarkedText text={name} query={query} />
        </span>
        <span className={styles.words}>{m.group_member_count({ count: members })}</span>
      </span>
      <Plus size={18} aria-hidden="true" className={styles.action} />
    </button>
  )
}
