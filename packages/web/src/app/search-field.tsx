/** Filters the list below it; Escape empties it. */
import { Search, X } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import styles from './search-field.module.css'

interface SearchFieldProps {
  readonly query: string
  readonly onQuery: (query: string) => void
}

export function SearchField({ query, onQuery }: SearchFieldProps) {
  return (
    <search className={styles.field}>
      <Search size={17} className={styles.icon} aria-hidden="true" />
      <input
        type="search"
        className={styles.input}
        value={query}
        aria-label={m.list_search()}
        placeholder={m.list_search()}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onQuery('')}
      />
      {query === '' ? (
        <kbd className={styles.key} aria-hidden="true">
          Ctrl K
        </kbd>
      ) : (
        <button type="button" className={styles.clear} aria-label={m.list_search_clear()} onClick={() => onQuery('')}>
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </search>
  )
}
