/** A card of settings, and a row in it. */
import type { ReactNode } from 'react'
import styles from './section.module.css'

interface SectionProps {
  readonly title: string
  readonly children: ReactNode
}

export function Section({ title, children }: SectionProps) {
  return (
    <section>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.card}>{children}</div>
    </section>
  )
}

interface SettingRowProps {
  readonly label: string
  readonly detail?: string
  readonly children: ReactNode
}

export function SettingRow({ label, detail, children }: SettingRowProps) {
  return (
    <div className={styles.row}>
      <div className={styles.text}>
        <p>{label}</p>
        {detail && <p className={styles.detail}>{detail}</p>}
      </div>
      {children}
    </div>
  )
}
