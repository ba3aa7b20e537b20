/** Chooses who is to own a group. */
import type { GroupConversation } from '@rookery/client'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState, useMe } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { memberName } from './member-name.ts'
import { PeoplePicker } from './people-picker.tsx'

interface HandOverDialogProps {
  readonly open: boolean
  readonly conversation: GroupConversation
  readonly onClose: () => void
}

export function HandOverDialog({ open, conversation, onClose }: HandOverDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.group_hand_over()}>
      <HandOverForm id={conversation.id} onClose={onClose} />
    </DialogFrame>
  )
}

function HandOverForm({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const client = useClient()
  const me = useMe()
  const list = useClientState((state) => state.groupPeople.get(id)?.list ?? null)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set())
  const people = (list ?? [])
    .filter(({ number }) => number !== me.number)
    .map((member) => ({ number: member.number, name: memberName(client.state(), member) }))
  const { busy, problem, onSubmit } = useSubmit(async () => {
    const [number] = chosen
    if (number === undefined) return null
    const answer = await client.call('groups.handOver', { conversation: id, number })
    if (!answer.ok) return refusalText(answer.code)
    onClose()
    return null
  })
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <p className={frame.detail}>{m.group_hand_over_detail()}</p>
      <PeoplePicker people={people} chosen={chosen} onChange={setChosen} most={1} />
      <FormNote kind="problem" text={problem} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <Button look="primary" type="submit" disabled={busy || chosen.size === 0}>
          {m.group_hand_over()}
        </Button>
      </div>
    </form>
  )
}
