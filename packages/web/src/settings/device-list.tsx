/** The devices that are logged in, each with the way to sign it out. */
import type { ErrorCode, SessionRow } from '@rookery/protocol'
import { MonitorSmartphone } from 'lucide-react'
import { useEffect, useState } from 'react'
import { fullTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { refusalText } from '../i18n/refusal-text.ts'
import { m } from '../i18n/messages.ts'
import { NeedsConnection } from '../session/needs-connection.tsx'
import { useOffline } from '../session/use-offline.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { Button } from '../ui/button.tsx'
import { FormNote } from '../ui/form-note.tsx'
import styles from './device-list.module.css'

type Devices =
  | { readonly kind: 'loading' }
  | { readonly kind: 'listed'; readonly sessions: readonly SessionRow[] }
  | { readonly kind: 'refused'; readonly code: ErrorCode }

/** `stale`: something is going on that may sign devices out; the list is asked for again after it. */
export function DeviceList({ stale }: { readonly stale: boolean }) {
  const client = useClient()
  const online = useClientState((state) => state.connection.kind === 'online')
  const offline = useOffline()
  const [devices, setDevices] = useState<Devices>({ kind: 'loading' })

  useEffect(() => {
    if (!online || stale) return
    let wanted = true
    async function list() {
      const answer = await client.call('sessions.list', {})
      if (wanted) setDevices(answer.ok ? { kind: 'listed', ...answer.value } : { kind: 'refused', code: answer.code })
    }
    void list()
    return () => {
      wanted = false
    }
  }, [client, online, stale])

  async function revoke(session: string, sessions: readonly SessionRow[]) {
    const answer = await client.call('sessions.revoke', { session })
    if (answer.ok || answer.code === 'not_found') {
      setDevices({ kind: 'listed', sessions: sessions.filter((row) => row.session !== session) })
    } else setDevices({ kind: 'refused', code: answer.code })
  }

  switch (devices.kind) {
    case 'loading':
      if (!offline) return null
      return (
        <div className={styles.devices}>
          <h3 className={styles.title}>{m.settings_devices()}</h3>
          <NeedsConnection />
        </div>
      )
    case 'refused':
      return <FormNote kind="problem" text={refusalText(devices.code)} />
    case 'listed':
      return (
        <div className={styles.devices}>
          <h3 className={styles.title}>{m.settings_devices()}</h3>
          <ul>
            {devices.sessions.map((session) => (
              <Device
                key={session.session}
                row={session}
                onRevoke={() => void revoke(session.session, devices.sessions)}
              />
            ))}
          </ul>
        </div>
      )
  }
}

function Device({ row, onRevoke }: { readonly row: SessionRow; readonly onRevoke: () => void }) {
  const locale = useLocale()
  const name = row.device || m.settings_device_unnamed()
  return (
    <li className={styles.device} data-testid="device">
      <MonitorSmartphone size={20} className={styles.icon} aria-hidden="true" />
      <div className={styles.text}>
        <p className={styles.name}>
          {name}
          {row.legacy && <span className={styles.mark}>{m.settings_device_legacy()}</span>}
        </p>
        <p className={styles.detail}>
          {row.current && m.settings_device_current()}
          {!row.current && row.online && m.settings_device_online()}
          {!row.current && !row.online && m.settings_device_seen({ time: fullTime(row.seen_at, locale) })}
        </p>
      </div>
      {!row.current && (
        <Button size="small" aria-label={m.settings_device_revoke_of({ name })} onClick={onRevoke}>
          {m.settings_device_revoke()}
        </Button>
      )}
    </li>
  )
}
