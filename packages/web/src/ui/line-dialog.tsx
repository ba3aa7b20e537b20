/** Asks for one line. */
import { m } from '../i18n/messages.ts'
import { Button } from './button.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import frame from './dialog-frame.module.css'
import { FormNote } from './form-note.tsx'
import { TextField } from './text-field.tsx'
import { useSubmit } from './use-submit.ts'

interface LineDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly maxLength: number
  /** Answers what went wrong, or null: then the dialog closes. */
  readonly onSave: (line: string) => Promise<string | null>
}

export function LineDialog({ open, title, ...rest }: LineDialogProps) {
  return (
    <DialogFrame open={open} onClose={rest.onClose} title={title}>
      <LineForm {...rest} />
    </DialogFrame>
  )
}

function LineForm({ label, hint, value, maxLength, onSave, onClose }: Omit<LineDialogProps, 'open' | 'title'>) {
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const refused = await onSave(field('line').trim())
    if (refused === null) onClose()
    return refused
  })
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <TextField
        label={label}
        hint={hint}
        name="line"
        defaultValue={value}
        maxLength={maxLength}
        autoComplete="off"
        autoFocus
      />
      <FormNote kind="problem" text={problem} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <Button look="primary" type="submit" disabled={busy}>
          {m.action_save()}
        </Button>
      </div>
    </form>
  )
}
