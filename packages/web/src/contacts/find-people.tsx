/** The search for people on this server. */
import { LIMITS, type Answer, type Person } from '@rookery/protocol'
import { useEffect, useState } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { typedText } from '../ui/use-submit.ts'
import { Button } from '../ui/button.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './find-people.module.css'
import { FoundPerson } from './found-person.tsx'

interface FindPeopleProps {
  readonly query: string
  readonly onAdd: (person: Person) => void
  readonly onClose: () => void
}

export function FindPeople({ query, onAdd, onClose }: FindPeopleProps) {
  const client = useClient()
  const [answer, setAnswer] = useState<Answer<'people.find'> | null>(null)

  async function find(text: string) {
    if (text !== '') setAnswer(await client.call('people.find', { query: text }))
  }

  useEffect(() => {
    if (query !== '') void client.call('people.find', { query: query.slice(0, LIMITS.nameLength) }).then(setAnswer)
  }, [client, query])

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
          label={m.add_query()}
          name="query"
          defaultValue={query}
          maxLength={LIMITS.nameLength}
          autoComplete="off"
          autoFocus
        />
        <Button look="primary" type="submit" className={styles.find}>
          {m.add_find()}
        </Button>
      </form>
      {answer === null && <p className={frame.detail}>{m.add_hint()}</p>}
      {answer && !answer.ok && <FormNote kind="problem" text={refusalText(answer.code)} />}
      {answer?.ok && answer.value.people.length === 0 && <FormNote kind="problem" text={m.add_none()} />}
      {answer?.ok && answer.value.people.length > 0 && (
        <ul className={styles.people} aria-label={m.add_results()}>
          {answer.value.people.map((person) => (
            <FoundPerson key={person.number} person={person} onAdd={onAdd} onClose={onClose} />
          ))}
        </ul>
      )}
    </div>
  )
}
