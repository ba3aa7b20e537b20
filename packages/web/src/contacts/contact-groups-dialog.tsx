/** One's contact groups: added, renamed, put in order, deleted; all of it is sent when it is saved. */
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { LIMITS } from '@rookery/protocol'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import styles from './contact-groups-dialog.module.css'
import { moveLine, problemOf, toGroups, type GroupLine } from './group-lines.ts'

interface ContactGroupsDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

export function ContactGroupsDialog({ open, onClose }: ContactGroupsDialogProps) {
  return (
    <DialogFrame open={open} onClose={onClose} title={m.contact_groups_title()}>
      <GroupsForm onClose={onClose} />
    </DialogFrame>
  )
}

let made = 0

function GroupsForm({ onClose }: { readonly onClose: () => void }) {
  const client = useClient()
  const [lines, setLines] = useState<readonly GroupLine[]>(() =>
    (client.state().settings?.contact_groups ?? []).map((name) => ({ key: name, name, before: name })),
  )
  const { busy, problem, onSubmit } = useSubmit(async () => {
    const wrong = problemOf(lines)
    if (wrong === 'empty') return m.contact_groups_empty_name()
    if (wrong === 'twice') return m.contact_groups_twice()
    const answer = await client.call('contacts.setGroups', { groups: toGroups(lines) })
    if (!answer.ok) return refusalText(answer.code)
    onClose()
    return null
  })

  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <p className={frame.detail}>{m.contact_groups_detail()}</p>
      <ul className={styles.lines}>
        {lines.map(({ key, name }, index) => (
          <li key={key} className={styles.line}>
            <input
              className={styles.name}
              aria-label={m.contact_groups_name()}
              value={name}
              maxLength={LIMITS.contactGroupLength}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- a group that was just added is to be named
              autoFocus={name === ''}
              onChange={(event) =>
                setLines(lines.map((one) => (one.key === key ? { ...one, name: event.target.value } : one)))
              }
            />
            <IconButton
              label={m.contact_groups_up({ name })}
              disabled={index === 0}
              onClick={() => setLines(moveLine(lines, index, -1))}
            >
              <ArrowUp size={18} aria-hidden="true" />
            </IconButton>
            <IconButton
              label={m.contact_groups_down({ name })}
              disabled={index === lines.length - 1}
              onClick={() => setLines(moveLine(lines, index, 1))}
            >
              <ArrowDown size={18} aria-hidden="true" />
            </IconButton>
            <IconButton
              label={m.contact_groups_delete({ name })}
              onClick={() => setLines(lines.filter((one) => one.key !== key))}
            >
              <Trash2 size={18} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      {lines.length < LIMITS.contactGroups && (
        <Button onClick={() => setLines([...lines, { key: `new ${(made += 1)}`, name: '', before: null }])}>
          <Plus size={16} aria-hidden="true" />
          {m.contact_groups_add()}
        </Button>
      )}
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
