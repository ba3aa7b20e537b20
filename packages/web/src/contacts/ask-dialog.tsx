/** Asks somebody who was found to be a contact. */
import type { Person } from '@rookery/protocol'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { RequestForm } from './request-form.tsx'

interface AskDialogProps {
  readonly person: Person | null
  readonly onClose: () => void
}

export function AskDialog({ person, onClose }: AskDialogProps) {
  /** Stays who it was while the dialog fades. */
  const [last, setLast] = useState(person)
  if (person !== null && person !== last) setLast(person)
  return (
    <DialogFrame open={person !== null} onClose={onClose} title={m.add_title()}>
      {last && <RequestForm person={last} onBack={onClose} onClose={onClose} />}
    </DialogFrame>
  )
}
