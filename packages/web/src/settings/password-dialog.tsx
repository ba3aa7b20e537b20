/** Changes the password; the other devices are signed out by it. */
import { LIMITS } from '@rookery/protocol'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { checkPasswords, type AccountProblem } from '../session/check-account.ts'
import { accountProblemText } from '../session/entry-text.ts'
import { PasswordFields } from '../session/password-fields.tsx'
import { useClient } from '../session/use-session.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'

interface PasswordDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

export function PasswordDialog({ open, onClose }: PasswordDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.password_title()}>
      <PasswordForm onClose={onClose} />
    </DialogFrame>
  )
}

/** Inside the dialog, so that every opening starts anew. */
function PasswordForm({ onClose }: { readonly onClose: () => void }) {
  const client = useClient()
  const [wrong, setWrong] = useState<AccountProblem | null>(null)
  const [signedOut, setSignedOut] = useState<number | null>(null)
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const found = checkPasswords(field('password'), field('confirm'))
    setWrong(found)
    if (found !== null) return accountProblemText(found)
    const input = { old: field('old'), password: field('password'), confirm: field('confirm') }
    const answer = await client.call('accounts.changePassword', input)
    if (!answer.ok) return refusalText(answer.code)
    setSignedOut(answer.value.signed_out)
    return null
  })

  if (signedOut !== null) {
    const text = signedOut === 0 ? m.password_done() : m.password_done_devices({ count: signedOut })
    return (
      <div className={frame.body}>
        <FormNote kind="done" text={text} />
        <div className={frame.actions}>
          <Button look="primary" onClick={onClose} autoFocus>
            {m.action_close()}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <p className={frame.detail}>{m.settings_password_detail()}</p>
      <TextField
        label={m.password_old()}
        name="old"
        type="password"
        autoComplete="current-password"
        maxLength={LIMITS.passwordMaxLength}
        required
        autoFocus
      />
      <PasswordFields
        passwordLabel={m.password_new()}
        confirmLabel={m.password_confirm()}
        differ={wrong === 'passwords_differ'}
      />
      <FormNote kind="problem" text={problem} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <Button look="primary" type="submit" disabled={busy}>
          {m.password_submit()}
        </Button>
      </div>
    </form>
  )
}
