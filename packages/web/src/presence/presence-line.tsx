/** How a contact appears, in a line: the disc, the status, and when they were last there. */
import { separatorTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/messages.ts'
import { useOffline } from '../session/use-offline.ts'
import { useClientState } from '../session/use-session.tsx'
import { Dot } from './presence-dot.tsx'
import { statusText } from './presence-text.ts'
import styles from './presence.module.css'
import { useLastSeen } from './use-last-seen.ts'

interface PresenceLineProps {
  readonly number: number
  /** Whether what is written to them waits: to be away is no error, and this says so before anybody wonders. */
  readonly waits?: boolean
  readonly testId?: string
}

export function PresenceLine({ number, waits = false, testId }: PresenceLineProps) {
  const locale = useLocale()
  const offline = useOffline()
  const known = useClientState((state) => state.online.get(number) ?? 'offline')
  const seen = useLastSeen(number)
  const status = offline ? 'offline' : known

  function text(): string {
    if (offline) return m.presence_unknown()
    if (status !== 'offline') return statusText(status)
    if (seen > 0) return m.presence_last_seen({ time: separatorTime(seen, locale) })
    return waits ? m.presence_offline_waits() : m.presence_offline()
  }

  return (
    <p className={styles.line} data-testid={testId} data-online={status !== 'offline'} data-status={status}>
      <Dot status={status} />
      <span>{text()}</span>
    </p>
  )
}
