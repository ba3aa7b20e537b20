/** How a group is for oneself: what one is called there, whether it makes notices, and the way out. */
import type { GroupConversation } from '@rookery/client'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Switch } from '../ui/switch.tsx'
import { LeaveButton } from './leave-button.tsx'
import styles from './mine-section.module.css'
import { NicknameDialog } from './nickname-dialog.tsx'

interface MineSectionProps {
  readonly conversation: GroupConversation
  readonly onLeft?: (() => void) | undefined
}

export function MineSection({ conversation, onLeft }: MineSectionProps) {
  const client = useClient()
  const own = useClientState((state) => state.settings?.name ?? state.me?.name ?? '')
  const [naming, setNaming] = useState(false)
  const { id, nickname, muted } = conversation
  return (
    <div className={styles.mine}>
      <button
        type="button"
        className={styles.row}
        aria-label={m.group_nickname_of({ name: nickname || own })}
        onClick={() => setNaming(true)}
      >
        <span>{m.group_nickname()}</span>
        <span className={styles.value}>{nickname || own}</span>
        <Pencil size={14} aria-hidden="true" className={styles.icon} />
      </button>
      <div className={styles.row}>
        <span className={styles.label}>{m.group_mute()}</span>
        <Switch label={m.group_mute()} on={muted} onChange={(on) => client.arrange(id, { muted: on })} />
      </div>
      <LeaveButton conversation={conversation} className={styles.row} onLeft={onLeft} />
      <NicknameDialog open={naming} conversation={conversation} onClose={() => setNaming(false)} />
    </div>
  )
}
