/** How many are unread: `99+` past ninety-nine, nothing at none. */
import { classes } from './classes.ts'
import styles from './badge.module.css'

export function badgeText(count: number): string {
  return count > 99 ? '99+' : String(count)
}

interface BadgeProps {
  readonly count: number
  /** What is counted, for those who hear it. */
  readonly of: string
  /** Grey: one is not to be disturbed by it. */
  readonly quiet?: boolean
  readonly className?: string | undefined
}

export function Badge({ count, of, quiet = false, className }: BadgeProps) {
  if (count === 0) return null
  return (
    <span className={classes(styles.badge, quiet && styles.quiet, className)} data-testid="unread">
      {badgeText(count)}
      <span className="visually-hidden"> {of}</span>
    </span>
  )
}
