/** A text with what was searched for marked in it. */
import { highlight } from './highlight.ts'
import styles from './found.module.css'

export function MarkedText({ text, query }: { readonly text: string; readonly query: string }) {
  return highlight(text, query).map((part) =>
    part.hit ? (
      <mark key={part.at} className={styles.mark}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  )
}
