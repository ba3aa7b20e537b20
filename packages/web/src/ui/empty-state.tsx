/** Nothing to show: an icon, one line, at most one action. */
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

interface EmptyStateProps {
  readonly icon: LucideIcon
  readonly text: string
  readonly children?: ReactNode
}

export function EmptyState({ icon: Icon, text, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <span className={styles.icon}>
        <Icon size={28} strokeWidth={1.6} aria-hidden="true" />
      </span>
      <p>{text}</p>
      {children}
    </div>
  )
}
