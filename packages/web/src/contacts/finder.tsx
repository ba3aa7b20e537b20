/** A field in a dialog, and under it whom or what the server found. */
import { LIMITS, type ErrorCode } from '@rookery/protocol'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { typedText } from '../ui/use-submit.ts'
import { Button } from '../ui/button.tsx'
import frame from '../ui/dialog-frame.module.css'
import { FormNote } from '../ui/form-note.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './find-people.module.css'

interface FinderProps<Found> {
  readonly label: string
  /** What is found before anything is typed; empty for nothing. */
  readonly query?: string
  /** Shown until something was looked for, and where nothing was found. */
  readonly hint: string
  readonly none: string
  readonly find: (query: string) => Promise<readonly Found[] | ErrorCode>
  /** One line of the list. */
  readonly children: (found: Found) => ReactNode
}

export function Finder<Found>({ label, query = '', hint, none, find, children }: FinderProps<Found>) {
  const [found, setFound] = useState<readonly Found[] | ErrorCode | null>(null)

  const ask = (text: string) => find(text.slice(0, LIMITS.nameLength))
  const begin = useEffectEvent(ask)
  useEffect(() => {
    if (query !== '') void begin(query).then(setFound)
  }, [query])

  return (
    <div className={frame.body}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          const text = typedText(new FormData(event.currentTarget), 'query').trim()
          if (text !== '') void ask(text).then(setFound)
        }}
      >
        <TextField
          label={label}
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
      {found === null && <p className={frame.detail}>{hint}</p>}
      {typeof found === 'string' && <FormNote kind="problem" text={refusalText(found)} />}
      {typeof found === 'object' && found?.length === 0 && <FormNote kind="problem" text={none} />}
      {typeof found === 'object' && found !== null && found.length > 0 && (
        <ul className={styles.people} aria-label={m.add_results()}>
          {found.map(children)}
        </ul>
      )}
    </div>
  )
}
