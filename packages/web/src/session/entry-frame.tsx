/** The page before log-in: the picture, a title, one card. */
import type { ReactNode } from 'react'
import { LanguageChoice } from '../settings/language-choice.tsx'
import styles from './entry-frame.module.css'
import { Logo } from './logo.tsx'

interface EntryFrameProps {
  readonly title: string
  readonly detail: string
  readonly children?: ReactNode
}

export function EntryFrame({ title, detail, children }: EntryFrameProps) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Logo />
        <div className={styles.heading}>
          <p className={styles.product}>Rookery</p>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.detail}>{detail}</p>
        </div>
        {children}
      </div>
      <LanguageChoice />
    </main>
  )
}
