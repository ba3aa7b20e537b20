/** Asks for the password and a code before something about the second factor changes. */
import { m } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { CodeField, PasswordField } from './proof-fields.tsx'

export interface Proof {
  readonly password: string
  readonly code: string
}

interface ProofDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly detail: string
  readonly action: string
  readonly look: 'primary' | 'danger'
  /** Answers what went wrong, or null. */
  readonly onProve: (proof: Proof) => Promise<string | null>
}

export function ProofDialog({ open, onClose, title, ...form }: ProofDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={title}>
      <ProofForm {...form} onClose={onClose} />
    </DialogFrame>
  )
}

function ProofForm({ onClose, detail, action, look, onProve }: Omit<ProofDialogProps, 'open' | 'title'>) {
  const { busy, problem, onSubmit } = useSubmit((field) =>
    onProve({ password: field('password'), code: field('code') }),
  )
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <p className={frame.detail}>{detail}</p>
      <PasswordField autoFocus />
      <CodeField label={m.factor_code_either()} />
      <FormNote kind="problem" text={problem} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <Button look={look} type="submit" disabled={busy}>
          {action}
        </Button>
      </div>
    </form>
  )
}
