/** One thin line while there is no connection. Nothing is switched off meanwhile: what is sent waits. */
import { CloudOff, LoaderCircle } from 'lucide-react'
import { useEffect, useState } from 'react'
import { m } from '../i18n/messages.ts'
import { useOffline } from '../session/use-offline.ts'
import { useClientState } from '../session/use-session.tsx'
import { classes } from '../ui/classes.ts'
import styles from './connection-banner.module.css'

export function ConnectionBanner() {
  const connection = useClientState((state) => state.connection)
  const offline = useOffline()
  if (connection.kind === 'ended') return null
  // It stays while it is tried again: a line that comes and goes with each try moves all that is below.
  if (offline) {
    return (
      <div className={styles.banner} role="status" data-testid="offline">
        <CloudOff size={14} aria-hidden="true" />
        {m.connection_waiting()}
        {connection.kind === 'waiting' ? (
          <Countdown to={connection.retryAt} />
        ) : (
          <span className={styles.countdown} aria-hidden="true">
            {m.connection_connecting()}
          </span>
        )}
      </div>
    )
  }
  if (connection.kind === 'online') return null
  return (
    <div className={classes(styles.banner, styles.patient)} role="status">
      <LoaderCircle size={14} className={styles.turning} aria-hidden="true" />
      {m.connection_connecting()}
    </div>
  )
}

/** Not spoken: a live region that changes every second would never be silent. */
function Countdown({ to }: { readonly to: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((to - now) / 1000))
  return (
    <span className={styles.countdown} aria-hidden="true">
      {m.connection_retry_in({ seconds })}
    </span>
  )
}
