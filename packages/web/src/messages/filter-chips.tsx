/** All conversations, or the unread ones. */
import { m } from '../paraglide/messages.js'
import styles from './filter-chips.module.css'

export type Filter = 'all' | 'unread'

interface FilterChipsProps {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
}

export function FilterChips({ filter, onFilter }: FilterChipsProps) {
  const chips = [
    ['all', m.list_all()],
    ['unread', m.list_unread()],
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
