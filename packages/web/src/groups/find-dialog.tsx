/** Finds groups by their name or number. */
import { LIMITS, type Answer, type FoundGroup } from '@rookery/protocol'
import { useState } from 'react'
import { useLocation } from 'wouter'
import styles from '../contacts/find-people.module.css'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import { typedText } from '../ui/use-submit.ts'
import { GroupLine } from './group-line.tsx'
import { JoinForm } from './join-form.tsx'

interface FindDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

export function FindDialog({ open, onClose }: FindDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.group_find()}>
      <FindSteps onClose={onClose} />
    </DialogFrame>
  )
}

/** Inside the dialog, so that every opening starts anew. */
function FindSteps({ onClose }: { readonly onClose: () => void }) {
  const [group, setGroup] = useState<FoundGroup | null>(null)
  return group ? <JoinForm group={group} onClose={onClose} /> : <Find onJoin={setGroup} onClose={onClose} />
}

interface FindProps {
  readonly onJoin: (group: FoundGroup) => void
  readonly onClose: () => void
}

function Find({ onJoin, onClose }: FindProps) {
  const client = useClient()
  const [answer, setAnswer] = useState<Answer<'groups.find'> | null>(null)

  async function find(query: string) {
    if (query !== '') setAnswer(await client.call('groups.find', { query }))
  }

  return (
    <div className={frame.body}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void find(typedText(new FormData(event.currentTarget), 'query').trim())
        }}
      >
        <TextField
          label={m.group_find_query()}
          name="query"
          maxLength={LIMITS.nameLength}
          autoComplete="off"
          autoFocus
        />
        <Button look="primary" type="submit" className={styles.find}>
          {m.add_find()}
        </Button>
      </form>
      {answer === null && <p className={frame.detail}>{m.group_find_hint()}</p>}
      {answer && !answer.ok && <FormNote kind="problem" text={refusalText(answer.code)} />}
      {answer?.ok && answer.value.groups.length === 0 && <FormNote kind="problem" text={m.group_find_none()} />}
      {answer?.ok && answer.value.groups.length > 0 && (
        <ul className={styles.people} aria-label={m.add_results()}>
          {answer.value.groups.map((group) => (
            <li key={group.conversation}>
              <GroupLine group={group}>
                <FoundAction group={group} onJoin={onJoin} onClose={onClose} />
              </GroupLine>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function FoundAction({ group, onJoin, onClose }: FindProps & { readonly group: FoundGroup }) {
  const { conversation, name } = group
  const [, go] = useLocation()
  const isIn = useClientState(({ conversations }) => conversations.has(conversation))
  if (!isIn)
    return (
      <Button look="primary" size="small" aria-label={m.group_join_of({ name })} onClick={() => onJoin(group)}>
        {m.group_join()}
      </Button>
    )
  return (
    <Button
      size="small"
      onClick={() => {
        onClose()
        go(`/c/${conversation}`)
      }}
    >
      {m.group_open()}
    </Button>
  )
}
