/** Chooses people from a list: search on top, the chosen ones below it, then everybody. */
import { X } from 'lucide-react'
import { useState } from 'react'
import { VList } from 'virtua'
import { m } from '../i18n/messages.ts'
import { Avatar } from '../ui/avatar.tsx'
import { matches } from '../ui/matches.ts'
import { TextField } from '../ui/text-field.tsx'
import styles from './people-picker.module.css'

export interface Choice {
  readonly number: number
  readonly name: string
  /** Why they cannot be chosen. */
  readonly note?: string
}

interface PeoplePickerProps {
  readonly people: readonly Choice[]
  readonly chosen: ReadonlySet<number>
  readonly onChange: (chosen: ReadonlySet<number>) => void
  readonly most: number
}

export function PeoplePicker({ people, chosen, onChange, most }: PeoplePickerProps) {
  const [query, setQuery] = useState('')
  const found = people.filter((one) => matches(one, query))
  const full = chosen.size >= most

  function toggle(number: number) {
    const next = new Set(chosen)
    if (!next.delete(number)) next.add(number)
    onChange(next)
  }

  return (
    <div className={styles.picker}>
      <TextField
        label={m.picker_search()}
        value={query}
        autoComplete="off"
        // Enter chooses the first one, and does not send the form around it.
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          const first = found.find(({ note }) => note === undefined)
          if (!first || query === '' || (full && !chosen.has(first.number))) return
          toggle(first.number)
          setQuery('')
        }}
        onChange={(event) => setQuery(event.target.value)}
      />
      {chosen.size > 0 && (
        <ul className={styles.chips} aria-label={m.picker_chosen()}>
          {people
            .filter(({ number }) => chosen.has(number))
            .map(({ number, name }) => (
              <li key={number}>
                <button type="button" className={styles.chip} onClick={() => toggle(number)}>
                  {name}
                  <X size={13} role="img" aria-label={m.picker_remove()} />
                </button>
              </li>
            ))}
        </ul>
      )}
      {found.length === 0 ? (
        <p className={styles.none}>{people.length === 0 ? m.picker_nobody() : m.contacts_no_match()}</p>
      ) : (
        <div className={styles.list}>
          <VList data={found} itemSize={48} role="list" aria-label={m.picker_people()}>
            {({ number, name, note }) => (
              <div role="listitem" key={number}>
                <label className={styles.row} data-testid="choice" data-number={number}>
                  <input
                    type="checkbox"
                    className={styles.box}
                    checked={chosen.has(number)}
                    disabled={note !== undefined || (full && !chosen.has(number))}
                    onChange={() => toggle(number)}
                  />
                  <Avatar number={number} name={name} size={28} />
                  <span className={styles.name}>{name}</span>
                  <span className={styles.note}>{note ?? number}</span>
                </label>
              </div>
            )}
          </VList>
        </div>
      )}
    </div>
  )
}
