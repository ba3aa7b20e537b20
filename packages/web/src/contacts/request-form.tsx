/** Asks somebody to be a contact, with a greeting. */
import { LIMITS, type ContactState, type Person } from '@rookery/protocol'
import { useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './find-people.module.css'

interface RequestFormProps {
  readonly person: Person
  readonly onBack: () => void
  readonly onClose: () => void
}

export function RequestForm({ person: { number, name, avatar }, onBack, onClose }: RequestFormProps) {
  const client = useClient()
  const [result, setResult] = useState<ContactState | null>(null)
  const { busy, problem, onSubmit } = useSubmit(async (field) => {
    const answer = await client.call('contacts.request', { number, greeting: field('greeting').trim() })
    if (!answer.ok) return refusalText(answer.code)
    setResult(answer.value.state)
    return null
  })
  return (
    <form className={frame.body} onSubmit={onSubmit}>
      <div className={styles.person}>
        <Avatar number={number} name={name} size={44} picture={avatar} />
        <span className={styles.text}>
          <span className={styles.name}>{name}</span>
          <span className={styles.number}>{number}</span>
        </span>
      </div>
      {result === null ? (
        <>
          <TextField
            label={m.add_greeting()}
            name="greeting"
            hint={m.add_greeting_hint()}
            maxLength={LIMITS.greetingLength}
            autoComplete="off"
            autoFocus
          />
          <FormNote kind="problem" text={problem} />
          <div className={frame.actions}>
            <Button onClick={onBack}>{m.action_back()}</Button>
            <Button look="primary" type="submit" disabled={busy}>
              {m.add_send()}
            </Button>
          </div>
        </>
      ) : (
        <>
          <FormNote kind="done" text={result === 'friend' ? m.add_now_contacts({ name }) : m.add_sent({ name })} />
          <div className={frame.actions}>
            <Button look="primary" onClick={onClose} autoFocus>
              {m.action_close()}
            </Button>
          </div>
        </>
      )}
    </form>
  )
}
