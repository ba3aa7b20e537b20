/** Whether one is invisible to this contact. */
import { useId, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { FormNote } from '../ui/form-note.tsx'
import { Switch } from '../ui/switch.tsx'
import styles from './presence.module.css'

interface HiddenRowProps {
  readonly number: number
  readonly name: string
}

export function HiddenRow({ number, name }: HiddenRowProps) {
  const client = useClient()
  const hidden = useClientState(({ contacts }) => contacts.get(number)?.hidden ?? false)
  const [problem, setProblem] = useState<string | null>(null)
  const id = useId()

  async function hide(next: boolean) {
    const answer = await client.call('contacts.arrange', { number, hidden: next })
    setProblem(answer.ok ? null : refusalText(answer.code))
  }

  return (
    <div className={styles.row}>
      <div className={styles.label} id={id}>
        <p>{m.profile_hidden({ name })}</p>
        <p className={styles.detail}>{m.profile_hidden_detail()}</p>
        <FormNote kind="problem" text={problem} />
      </div>
      <Switch label={m.profile_hidden({ name })} on={hidden} onChange={(next) => void hide(next)} />
    </div>
  )
}
