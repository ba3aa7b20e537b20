/** One group in a list. */
import type { GroupConversation } from '@rookery/client'
import { memo } from 'react'
import { Link } from 'wouter'
import row from '../contacts/contact-row.module.css'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/messages.ts'
import { Avatar } from '../ui/avatar.tsx'
import { RoleTag } from './role-tag.tsx'

interface GroupRowProps {
  readonly group: GroupConversation
  readonly position: number
  readonly total: number
}

export const GroupRow = memo(function GroupRow({ group: { id, name, group, role }, position, total }: GroupRowProps) {
  useLocale()
  return (
    <div role="listitem" aria-posinset={position} aria-setsize={total} className={row.frame}>
      <Link href={`/c/${id}`} className={row.row} data-testid="group" data-group={id}>
        <Avatar number={id} name={name} size={36} shape="group" />
        <span className={row.text}>
          <span className={row.name}>{name}</span>
          <span className={row.detail}>{m.group_member_count({ count: group?.members ?? 0 })}</span>
        </span>
        <RoleTag role={role} />
      </Link>
    </div>
  )
})
