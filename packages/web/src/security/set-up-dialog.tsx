/** Sets the second factor up: the app learns the key, shows a first code, and recovery codes are handed over. */
import type { Output } from '@rookery/protocol'
import { useEffect, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { CodeField, PasswordField } from './proof-fields.tsx'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import styles from './security.module.css'

interface SetUpDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onEnabled: () => Promise<void>
}

export function SetUpDialog({ open, onClose, onEnabled }: SetUpDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.factor_title()}>
      <SetUp onClose={onClose} onEnabled={onEnabled} />
    </DialogFrame>
  )
}

/** Inside the dialog, so that every opening starts anew, with a key of its own. */
function SetUp({ onClose, onEnabled }: Omit<SetUpDialogProps, 'open'>) {
  const client = useClient()
  const [draft, setDraft] = useState<Output<'security.draft'> | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)

  useEffect(() => {
    let wanted = true
    async function ask() {
      const answer = await client.call('security.draft', {})
      if (!wanted) return
      if (answer.ok) setDraft(answer.value)
      else setRefused(refusalText(answer.code))
    }
    void ask()
    return () => {
      wanted = false
    }
  }, [client])

  async function enable(secret: string, field: (name: string) => string) {
    const answer = await client.call('security.enable', { secret, password: field('password'), code: field('code') })
    if (!answer.ok) return refusalText(answer.code)
    setCodes(answer.value.recovery_codes)
    await onEnabled()
    return null
  }

  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onClose} />
  if (draft === null) return <div className={frame.body}>{<FormNote kind="problem" text={refused} />}</div>
  return <KeyForm draft={draft} onSend={(field) => enable(draft.secret, field)} onClose={onClose} />
}

interface KeyFormProps {
  readonly draft: Output<'security.draft'>
  readonly onSend: (field: (name: string) => string) => Promise<string | null>
  readonly onClose: () => void
}

function KeyForm({ draft: { secret, url }, onSend, onClose }: KeyFormProps) {
  const { busy, problem, onSubmit } = useSubmit(onSend)
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <p className={frame.detail}>{m.factor_scan()}</p>
      <QrCode text={url} label={m.factor_qr()} />
      <div className={styles.key}>
        <div>
          <p>{m.factor_key()}</p>
          <p className={styles.secret} data-testid="factor-key">
            {secret.replaceAll(/.{4}(?=.)/g, '$& ')}
          </p>
          <p className={styles.detail}>{m.factor_key_hint()}</p>
        </div>
        <CopyButton text={secret} />
      </div>
      <CodeField label={m.factor_code()} autoFocus />
      <PasswordField />
      <FormNote kind="problem" text={problem} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <Button look="primary" type="submit" disabled={busy}>
          {m.factor_switch_on()}
        </Button>
      </div>
    </form>
  )
}
