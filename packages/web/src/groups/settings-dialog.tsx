/** How a group is called and run, for those who run it. What was changed is sent at once when it is saved. */
import type { GroupConversation } from '@rookery/client'
import { LIMITS, type GroupRow } from '@rookery/protocol'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { RulesFields, type Rules } from './rules-fields.tsx'

interface SettingsDialogProps {
  readonly open: boolean
  readonly conversation: GroupConversation
  readonly onClose: () => void
}

export function SettingsDialog({ open, conversation: { group }, onClose }: SettingsDialogProps) {
  return (
    <DialogFrame open={open && group !== null} onClose={onClose} title={m.group_settings()}>
      {group && <SettingsForm group={group} onClose={onClose} />}
    </DialogFrame>
  )
}

function SettingsForm({ group, onClose }: { readonly group: GroupRow; readonly onClose: () => void }) {
  const client = useClient()
  /** What was changed here; the rest follows the group. */
  const [changed, setChanged] = useState<Partial<Rules>>({})
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const name = field('name').trim()
    const notice = field('notice').trim()
    if (name === '') return m.group_name_needed()
    const answer = await client.call('groups.configure', {
      conversation: group.conversation,
      ...(name !== group.name && { name }),
      ...(notice !== group.notice && { notice }),
      ...changed,
    })
    if (!answer.ok) return refusalText(answer.code)
    onClose()
    return null
  })
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <TextField
        label={m.group_name()}
        name="name"
        defaultValue={group.name}
        maxLength={LIMITS.groupNameLength}
        autoComplete="off"
        required
      />
      <TextArea
        label={m.group_notice()}
        name="notice"
        rows={3}
        defaultValue={group.notice}
        maxLength={LIMITS.noticeLength}
      />
      <RulesFields
        rules={{ ...group, ...changed }}
        onChange={(change) => setChanged((before) => ({ ...before, ...change }))}
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
