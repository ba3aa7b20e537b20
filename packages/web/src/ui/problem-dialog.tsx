/** Says that something did not work which had no place of its own to say so. */
import { m } from '../i18n/messages.ts'
import { Button } from './button.tsx'
import { usePopups } from './popups.ts'
import styles from './dialog-frame.module.css'
import { classes } from './classes.ts'

interface ProblemDialogProps {
  readonly problem: string | null
  readonly onClose: () => void
}

export function ProblemDialog({ problem, onClose }: ProblemDialogProps) {
  const popups = usePopups()
  if (popups === null) return null
  const { AlertDialog } = popups
  return (
    <AlertDialog.Root open={problem !== null} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.backdrop} />
        <AlertDialog.Popup className={classes(styles.popup, styles.alert)}>
          <AlertDialog.Title className={styles.title}>{m.action_failed()}</AlertDialog.Title>
          <AlertDialog.Description className={styles.detail}>{problem}</AlertDialog.Description>
          <div className={styles.actions}>
            <Button look="primary" onClick={onClose}>
              {m.action_close()}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
