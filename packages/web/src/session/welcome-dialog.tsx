/** Shows the number that was given at sign-up, large and once. */
import { useMe } from './use-session.tsx'
import { welcomeSeen } from './session.ts'
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import styles from './welcome-dialog.module.css'

export function WelcomeDialog({ open }: { readonly open: boolean }) {
  const { number } = useMe()
  return (
    <DialogFrame open={open} onClose={welcomeSeen} title={m.welcome_title()}>
      <div className={frame.body}>
        <p className={frame.detail}>{m.welcome_detail()}</p>
        <p className={styles.number} data-testid="my-number">
          {number}
        </p>
        <div className={frame.actions}>
          <CopyButton text={String(number)} />
          <Button look="primary" onClick={welcomeSeen}>
            {m.welcome_start()}
          </Button>
        </div>
      </div>
    </DialogFrame>
  )
}
