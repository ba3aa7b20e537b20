/** What a group is that one is not in, and the way in: at once where it is open, else by asking with a greeting. */
import { LIMITS, type FoundGroup } from '@rookery/protocol'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { waitForConversation } from './arrival.ts'
import { GroupLine } from './group-line.tsx'

interface JoinFormProps {
  readonly group: FoundGroup
  readonly onClose: () => void
}

export function JoinForm({ group, onClose }: JoinFormProps) {
  const { conversation, joining } = group
  const client = useClient()
  const [, go] = useLocation()
  const [waiting, setWaiting] = useState(false)
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const answer = await client.call('groups.join', { conversation, greeting: field('greeting').trim() })
    if (!answer.ok) return refusalText(answer.code)
    setWaiting(answer.value.state === 'waiting')
    if (answer.value.state === 'waiting') return null
    await waitForConversation(client, conversation)
    onClose()
    go(`/c/${conversation}`)
    return null
  })
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <GroupLine group={group} />
      {joining === 'request' && !waiting && (
        <TextField
          label={m.add_greeting()}
          name="greeting"
          hint={m.add_greeting_hint()}
          maxLength={LIMITS.greetingLength}
          autoComplete="off"
          autoFocus
        />
      )}
      {joining === 'closed' && <FormNote kind="notice" text={m.group_is_closed()} />}
      <FormNote kind="problem" text={problem} />
      <FormNote kind="done" text={waiting ? m.group_join_sent() : null} />
      <div className={frame.actions}>
        <Button onClick={onClose}>{waiting ? m.action_close() : m.action_cancel()}</Button>
        {!waiting && joining !== 'closed' && (
          <Button look="primary" type="submit" disabled={busy}>
            {joining === 'open' ? m.group_join() : m.add_send()}
          </Button>
        )}
      </div>
    </form>
  )
}
