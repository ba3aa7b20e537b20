/** Finds people by name or number and asks them to be contacts. */
import type { Person } from '@rookery/protocol'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { FindPeople } from './find-people.tsx'
import { RequestForm } from './request-form.tsx'

interface AddDialogProps {
  readonly open: boolean
  /** What to look for at once; empty to wait for input. */
  readonly query: string
  readonly onClose: () => void
}

type Step = { readonly kind: 'find' } | { readonly kind: 'ask'; readonly person: Person }

export function AddDialog({ open, query, onClose }: AddDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.add_title()}>
      <AddSteps query={query} onClose={onClose} />
    </DialogFrame>
  )
}

/** Inside the dialog, so that every opening starts anew. */
function AddSteps({ query, onClose }: { readonly query: string; readonly onClose: () => void }) {
  const [step, setStep] = useState<Step>({ kind: 'find' })
  switch (step.kind) {
    case 'find':
      return <FindPeople query={query} onAdd={(person) => setStep({ kind: 'ask', person })} onClose={onClose} />
    case 'ask':
      return <RequestForm person={step.person} onBack={() => setStep({ kind: 'find' })} onClose={onClose} />
  }
}
