/** An owner who wants to go: hand the group over, or end it. */
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import styles from './leave-button.module.css'

interface OwnerLeaveDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onHandOver: () => void
  readonly onDissolve: () => void
}

export function OwnerLeaveDialog({ open, onClose, onHandOver, onDissolve }: OwnerLeaveDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.group_leave()}>
      <div className={frame.body}>
        <p className={frame.detail}>{m.group_owner_leave_detail()}</p>
        <div className={styles.choices}>
          <Button onClick={onHandOver}>{m.group_hand_over()}</Button>
          <Button look="danger" onClick={onDissolve}>
            {m.group_dissolve()}
          </Button>
        </div>
      </div>
    </DialogFrame>
  )
}
