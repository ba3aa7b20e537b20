/** One member in the list of a group; a press opens what can be done. */
import type { MemberRow } from '@rookery/protocol'
import { MicOff } from 'lucide-react'
import { memo } from 'react'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { useNow } from '../ui/use-now.ts'
import { memberName } from './member-name.ts'
import styles from './member-list.module.css'
import { RoleTag } from './role-tag.tsx'

interface MemberItemProps {
  readonly member: MemberRow
  readonly conversation: number
  readonly position: number
  readonly total: number
  readonly onChoose: (anchor: HTMLElement) => void
}

export const MemberItem = memo(
  function MemberItem({ member, position, total, onChoose }: MemberItemProps) {
    useLocale()
    const { number, avatar, role, silenced_until } = member
    const name = useClientState((state) => memberName(state, member))
    const now = useNow()
    const online = useClientState((state) => state.online.has(number))
    return (
      <div role="listitem" aria-posinset={position} aria-setsize={total} className={styles.frame}>
        <button
          type="button"
          className={styles.row}
          data-testid="member"
          data-number={number}
          aria-haspopup="menu"
          onClick={(event) => onChoose(event.currentTarget)}
        >
          <Avatar number={number} name={name} size={28} online={online} picture={avatar} />
          <span className={styles.name}>{name}</span>
          {silenced_until > now && (
            <MicOff size={14} role="img" aria-label={m.group_silenced()} className={styles.silenced} />
          )}
          <RoleTag role={role} />
        </button>
      </div>
    )
  },
  // What a press does is the same for the same member.
  (one, next) => one.member === next.member && one.position === next.position && one.total === next.total,
)
