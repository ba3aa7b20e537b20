/** Comes into a group that was found, or asks to. */
import type { FoundGroup } from '@rookery/protocol'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { JoinForm } from './join-form.tsx'

interface JoinDialogProps {
  readonly group: FoundGroup | null
  readonly onClose: () => void
}

export function JoinDialog({ group, onClose }: JoinDialogProps) {
  /** Stays which it was while the dialog fades. */
  const [last, setLast] = useState(group)
  if (group !== null && group !== last) setLast(group)
  return (
    <DialogFrame open={group !== null} onClose={onClose} title={m.group_join_title()}>
      {last && <JoinForm group={last} onClose={onClose} />}
    </DialogFrame>
  )
}
