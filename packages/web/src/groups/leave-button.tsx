/** The way out of a group: members leave; the owner hands it over first, or ends it for everybody. */
import type { GroupConversation } from '@rookery/client'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { classes } from '../ui/classes.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import styles from './leave-button.module.css'
import { OwnerLeaveDialog } from './owner-leave-dialog.tsx'
import { later } from '../ui/later.tsx'

const HandOverDialog = later(async () => (await import('./hand-over-dialog.tsx')).HandOverDialog)

interface LeaveButtonProps {
  readonly conversation: GroupConversation
  readonly className?: string | undefined
  readonly onLeft?: (() => void) | undefined
}

type Doing = 'nothing' | 'leave' | 'choose' | 'hand-over' | 'dissolve'

export function LeaveButton({ conversation, className, onLeft }: LeaveButtonProps) {
  const client = useClient()
  const [doing, setDoing] = useState<Doing>('nothing')
  const { id, name, role, group } = conversation
  // With nobody to hand it to, to go is to end it.
  const alone = group?.members === 1
  const first = role === 'owner' ? (alone ? 'dissolve' : 'choose') : 'leave'
  const stop = () => setDoing('nothing')

  async function end(operation: 'groups.leave' | 'groups.dissolve') {
    const answer = await client.call(operation, { conversation: id })
    if (!answer.ok) return refusalText(answer.code)
    onLeft?.()
    return null
  }

  return (
    <>
      <button type="button" className={classes(className, styles.leave)} onClick={() => setDoing(first)}>
        <LogOut size={16} aria-hidden="true" />
        {m.group_leave()}
      </button>
      <ConfirmDialog
        open={doing === 'leave'}
        onClose={stop}
        title={m.group_leave_title({ name })}
        detail={m.group_leave_detail()}
        action={m.group_leave()}
        onConfirm={() => end('groups.leave')}
      />
      <OwnerLeaveDialog
        open={doing === 'choose'}
        onClose={stop}
        onHandOver={() => setDoing('hand-over')}
        onDissolve={() => setDoing('dissolve')}
      />
      <HandOverDialog open={doing === 'hand-over'} conversation={conversation} onClose={stop} />
      <ConfirmDialog
        open={doing === 'dissolve'}
        onClose={stop}
        title={m.group_dissolve_title({ name })}
        detail={m.group_dissolve_detail()}
        action={m.group_dissolve()}
        onConfirm={() => end('groups.dissolve')}
      />
    </>
  )
}
