/** Makes a passkey: the password and a name first, then the browser asks for a finger, a face or a PIN. */
import { LIMITS } from '@rookery/protocol'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { deviceName } from '../session/device-name.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { makePasskey } from './passkey-browser.ts'
import { PasswordField } from './proof-fields.tsx'

interface PasskeyDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onAdded: () => Promise<void>
}

export function PasskeyDialog({ open, onClose, onAdded }: PasskeyDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.passkey_add()}>
      <PasskeyForm onClose={onClose} onAdded={onAdded} />
    </DialogFrame>
  )
}

function PasskeyForm({ onClose, onAdded }: Omit<PasskeyDialogProps, 'open'>) {
  const client = useClient()
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const begun = await client.call('passkeys.begin', { password: field('password') })
    if (!begun.ok) return refusalText(begun.code)
    const made = await makePasskey(begun.value)
    if (made === 'cancelled') return m.passkey_cancelled()
    if (made === 'known') return m.passkey_known()
    const added = await client.call('passkeys.add', { name: field('name'), credential: made })
    if (!added.ok) return refusalText(added.code)
    await onAdded()
    onClose()
    return null
  })
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <p className={frame.detail}>{m.passkey_detail()}</p>
      <TextField
        label={m.passkey_name()}
        name="name"
        defaultValue={deviceName(navigator.userAgent).slice(0, LIMITS.passkeyNameLength)}
        hint={m.passkey_name_hint()}
        autoComplete="off"
        maxLength={LIMITS.passkeyNameLength}
        pattern=".*\S.*"
        required
      />
      <PasswordField autoFocus />
      <FormNote kind="problem" text={problem} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <Button look="primary" type="submit" disabled={busy}>
          {m.passkey_continue()}
        </Button>
      </div>
    </form>
  )
}
