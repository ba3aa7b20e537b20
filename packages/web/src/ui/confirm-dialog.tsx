/** Asks before something that cannot be taken back; only its own buttons and Escape close it. */
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import styles from './dialog-frame.module.css'
import { FormNote } from './form-note.tsx'
import { useHoldWhile } from './hold.ts'
import { usePopups } from './popups.ts'

interface ConfirmDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly detail: string
  /** What is lost by it, apart from the rest. */
  readonly warning?: string | null
  readonly action: string
  /** Answers what went wrong, or null when it is done. */
  readonly onConfirm: () => Promise<string | null>
}

export function ConfirmDialog({ open, onClose, title, detail, warning = null, action, onConfirm }: ConfirmDialogProps) {
  const popups = usePopups()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useHoldWhile(open)

  async function confirm() {
    setBusy(true)
    const refused = await onConfirm()
    setBusy(false)
    setProblem(refused)
    if (refused === null) onClose()
  }

  if (popups === null) return null
  const { AlertDialog } = popups
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.backdrop} />
        <AlertDialog.Popup className={classes(styles.popup, styles.alert)}>
          <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={styles.detail}>{detail}</AlertDialog.Description>
          <FormNote kind="notice" text={problem === null ? warning : null} />
          <FormNote kind="problem" text={problem} />
          <div className={styles.actions}>
            <Button onClick={onClose}>{m.action_cancel()}</Button>
            <Button look="danger" disabled={busy} onClick={() => void confirm()}>
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
