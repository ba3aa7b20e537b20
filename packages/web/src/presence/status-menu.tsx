/** One's own picture in the rail: the status, and the way to the profile. */
import { Settings } from 'lucide-react'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { m } from '../i18n/messages.ts'
import { useOffline } from '../session/use-offline.ts'
import { useClientState, useMe } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import menu from '../ui/menu.module.css'
import { usePopups } from '../ui/popups.ts'
import { Dot } from './presence-dot.tsx'
import { statusText } from './presence-text.ts'
import styles from './presence.module.css'
import { StatusChoices } from './status-choices.tsx'
import { useStatus } from './use-status.ts'

export function StatusMenu() {
  const { number, name: login } = useMe()
  const name = useClientState((state) => state.settings?.name ?? login)
  const offline = useOffline()
  const [status, setStatus] = useStatus()
  const [, go] = useLocation()
  const popups = usePopups()
  // Pressed before the menu was here: it opens when it comes.
  const [pressed, setPressed] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const face = (
    <>
      <Avatar number={number} name={name} size={36} />
      <Dot status={offline || status === 'invisible' ? 'offline' : status} className={styles.mine} />
    </>
  )
  const label = m.status_menu({ status: statusText(status) })
  const looks = { className: styles.me, 'aria-label': label, title: `${name} · ${number}` }
  if (popups === null)
    return (
      <button type="button" {...looks} onClick={() => setPressed(true)}>
        {face}
      </button>
    )
  const { Menu } = popups
  return (
    <div ref={place}>
      <Menu.Root defaultOpen={pressed}>
        <Menu.Trigger {...looks}>{face}</Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner side="right" align="start" sideOffset={10} className={menu.positioner}>
            <Menu.Popup className={menu.menu}>
              <div className={styles.head}>
                <p className={styles.name}>{name}</p>
                <p className={styles.number}>{number}</p>
              </div>
              <StatusChoices Menu={Menu} value={status} onChoose={(next) => void setStatus(next)} />
              <Menu.Separator className={menu.separator} />
              <Menu.Item className={menu.item} onClick={() => go('/settings')}>
                <Settings size={16} aria-hidden="true" />
                {m.status_profile()}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  )
}
