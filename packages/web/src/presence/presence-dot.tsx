/** The small disc that says how somebody appears. */
import { useClientState } from '../session/use-session.tsx'
import { classes } from '../ui/classes.ts'
import { statusText, type Shown } from './presence-text.ts'
import styles from './presence.module.css'

interface PresenceDotProps {
  readonly number: number
  readonly className?: string | undefined
}

/** Of a contact, by what is known of them. */
export function PresenceDot({ number, className }: PresenceDotProps) {
  const status = useClientState((state) => state.online.get(number) ?? 'offline')
  return <Dot status={status} className={className} label={statusText(status)} />
}

interface DotProps {
  readonly status: Shown
  readonly className?: string | undefined
  /** Left out where the text beside it says it. */
  readonly label?: string
}

export function Dot({ status, className, label }: DotProps) {
  const looks = { className: classes(styles.dot, className ?? styles.small), 'data-status': status }
  return label === undefined ? (
    <span {...looks} aria-hidden="true" />
  ) : (
    <span {...looks} role="img" aria-label={label} />
  )
}
