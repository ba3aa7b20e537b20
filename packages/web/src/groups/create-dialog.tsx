/** Makes a group: a name, and who is in it. */
import { LIMITS } from '@rookery/protocol'
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { waitForConversation } from './arrival.ts'
import { contactChoices, groupNameOf } from './choices.ts'
import { PeoplePicker } from './people-picker.tsx'

interface CreateDialogProps {
  readonly open: boolean
  /** Who is chosen at first. */
  readonly members: readonly number[]
  readonly onClose: () => void
}

export function CreateDialog({ open, members, onClose }: CreateDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.group_create()}>
      <CreateForm members={members} onClose={onClose} />
    </DialogFrame>
  )
}

const nobody: ReadonlySet<number> = new Set()

function CreateForm({ members, onClose }: Omit<CreateDialogProps, 'open'>) {
  const client = useClient()
  const [, go] = useLocation()
  const contacts = useClientState((state) => state.contacts)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set(members))
  const people = useMemo(() => contactChoices(contacts, nobody, ''), [contacts])
  const names = people.filter(({ number }) => chosen.has(number)).map(({ name }) => name)
  const suggested = groupNameOf(names, m.group_name_separator(), LIMITS.groupNameLength)

  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const name = field('name').trim() || suggested
    if (name === '') return m.group_name_needed()
    const answer = await client.call('groups.create', { name, members: [...chosen] })
    if (!answer.ok) return refusalText(answer.code)
    const { conversation } = answer.value
    await waitForConversation(client, conversation)
    onClose()
    go(`/c/${conversation}`)
    return null
  })

  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <TextField
        label={m.group_name()}
        name="name"
        placeholder={suggested}
        maxLength={LIMITS.groupNameLength}
        autoComplete="off"
        autoFocus
      />
      <PeoplePicker people={people} chosen={chosen} onChange={setChosen} most={LIMITS.invitedAtOnce} />
      <FormNote kind="problem" text={problem} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <Button look="primary" type="submit" disabled={busy}>
          {chosen.size === 0 ? m.group_create_submit() : m.group_create_submit_count({ count: chosen.size + 1 })}
        </Button>
      </div>
    </form>
  )
}
