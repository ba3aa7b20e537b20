/** Brings contacts into a group. */
import type { GroupConversation } from '@rookery/client'
import { LIMITS } from '@rookery/protocol'
import { useMemo, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { contactChoices } from './choices.ts'
import { PeoplePicker } from './people-picker.tsx'

interface InviteDialogProps {
  readonly open: boolean
  readonly conversation: GroupConversation
  readonly onClose: () => void
}

export function InviteDialog({ open, conversation, onClose }: InviteDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.group_invite_title({ name: conversation.name })}>
      <InviteForm id={conversation.id} onClose={onClose} />
    </DialogFrame>
  )
}

function InviteForm({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const client = useClient()
  const contacts = useClientState((state) => state.contacts)
  const list = useClientState((state) => state.groupPeople.get(id)?.list ?? null)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set())
  const people = useMemo(() => {
    // Who is further down a long list is not told apart: the server leaves them where they are.
    const inside = new Set(list?.map(({ number }) => number))
    return contactChoices(contacts, inside, m.group_inside())
  }, [contacts, list])
  const { busy, problem, onSubmit } = useSubmit(async () => {
    const answer = await client.call('groups.invite', { conversation: id, numbers: [...chosen] })
    if (!answer.ok) return refusalText(answer.code)
    onClose()
    return null
  })
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <PeoplePicker people={people} chosen={chosen} onChange={setChosen} most={LIMITS.invitedAtOnce} />
      <FormNote kind="problem" text={problem} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <Button look="primary" type="submit" disabled={busy || chosen.size === 0}>
          {chosen.size === 0 ? m.group_invite() : m.group_invite_count({ count: chosen.size })}
        </Button>
      </div>
    </form>
  )
}
