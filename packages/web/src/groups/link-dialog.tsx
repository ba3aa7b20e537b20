/** A link with which anybody can come into a group. */
import type { GroupConversation } from '@rookery/client'
import type { Answer } from '@rookery/protocol'
import { useState } from 'react'
import { fullTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { Button } from '../ui/button.tsx'

interface LinkDialogProps {
  readonly open: boolean
  readonly conversation: GroupConversation
  readonly onClose: () => void
}

export function LinkDialog({ open, conversation, onClose }: LinkDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.group_link()}>
      <Link id={conversation.id} />
    </DialogFrame>
  )
}

/** Each one makes the one before worthless, so none is made before it is asked for. */
function Link({ id }: { readonly id: number }) {
  const client = useClient()
  const locale = useLocale()
  const [answer, setAnswer] = useState<Answer<'groups.makeLink'> | null>(null)
  const [busy, setBusy] = useState(false)

  async function make() {
    setBusy(true)
    setAnswer(await client.call('groups.makeLink', { conversation: id }))
    setBusy(false)
  }

  return (
    <div className={frame.body}>
      <p className={frame.detail}>{m.group_link_detail()}</p>
      {answer?.ok && (
        <CopyField
          label={m.group_link()}
          value={`${location.origin}/g#${answer.value.ticket}`}
          hint={m.group_link_until({ time: fullTime(answer.value.expires_at, locale) })}
        />
      )}
      {answer && !answer.ok && <FormNote kind="problem" text={refusalText(answer.code)} />}
      {!answer?.ok && (
        <div className={frame.actions}>
          <Button look="primary" disabled={busy} onClick={() => void make()}>
            {m.group_link_make()}
          </Button>
        </div>
      )}
    </div>
  )
}
