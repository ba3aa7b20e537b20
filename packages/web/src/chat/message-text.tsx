/** The words of a message, its links made to be followed. Nodes, never HTML: the words are somebody else's. */
import { useMemo } from 'react'
import { splitLinks } from './links.ts'
import styles from './message-text.module.css'

export function MessageText({ text }: { readonly text: string }) {
  const parts = useMemo(() => splitLinks(text), [text])
  return parts.map((part) => {
    switch (part.kind) {
      case 'text':
        return <span key={part.at}>{part.text}</span>
      case 'link':
        return (
          <a key={part.at} className={styles.link} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        )
    }
  })
}
