/** Asks somebody to be a contact, wherever their card is shown. */
import type { Person } from '@rookery/protocol'
import { useState, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { AskDialog } from './ask-dialog.tsx'

interface AskButtonProps {
  readonly person: Person
  readonly children: ReactNode
}

export function AskButton({ person, children }: AskButtonProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button look="primary" onClick={() => setAsking(true)}>
        {children}
      </Button>
      <AskDialog person={asking ? person : null} onClose={() => setAsking(false)} />
    </>
  )
}
