/** All conversations, or some of them. */
import { m } from '../i18n/messages.ts'
import styles from './filter-chips.module.css'
import type { Filter } from './filter.ts'

interface FilterChipsProps {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
}

export function FilterChips({ filter, onFilter }: FilterChipsProps) {
  const chips = [
    ['all', m.list_all()],
    ['unread', m.list_unread()],
    ['mentions', m.list_mentions()],
    ['groups', m.list_groups()],
  ] as const
  return (
    <fieldset className={styles.chips} aria-label={m.list_filter()}>
      {chips.map(([value, text]) => (
        <button
          key={value}
          type="button"
          className={styles.chip}
          aria-pressed={filter === value}
          onClick={() => onFilter(value)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  )
}
