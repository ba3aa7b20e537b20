/** One's own picture in the rail: the status, and the way to the profile. */
import { Settings } from 'lucide-react'
import { useLocation } from 'wouter'
import { m } from '../i18n/messages.ts'
import { useOffline } from '../session/use-offline.ts'
import { useClientState, useMe } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import menu from '../ui/menu.module.css'
import { MenuButton } from '../ui/menu-button.tsx'
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
  const face = (
    <>
      <Avatar number={number} name={name} size={36} />
      <Dot status={offline || status === 'invisible' ? 'offline' : status} className={styles.mine} />
    </>
  )
  const label = m.status_menu({ status: statusText(status) })
  const looks = { className: styles.me, 'aria-label': label, title: `${name} · ${number}` }
  return (
    <MenuButton looks={looks} face={face} side="right" align="start" sideOffset={10}>
      {({ Menu }) => (
        <>
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
        </>
      )}
    </MenuButton>
  )
}
