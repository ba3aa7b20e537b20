/** One kind of what was found: a few, and the others when asked. */
import { useState, type ReactNode } from 'react'
import { m } from '../i18n/messages.ts'
import styles from './found.module.css'

interface SectionProps {
  readonly title: string
  readonly children: readonly ReactNode[]
}

const few = 4

export function Section({ title, children }: SectionProps) {
  const [whole, setWhole] = useState(false)
  if (children.length === 0) return null
  const hidden = whole ? 0 : Math.max(0, children.length - few)
  return (
    <section>
      <h2 className={styles.title}>{title}</h2>
      {whole ? children : children.slice(0, few)}
      {hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          {m.search_more({ count: hidden })}
        </button>
      )}
    </section>
  )
}
