/** For how long somebody is to be silent. */
import { ChevronRight, MicOff } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import menu from '../ui/menu.module.css'
import type { MenuParts } from '../ui/popups.ts'
import { untilLifted } from './roles.ts'

interface SilenceMenuProps {
  readonly parts: MenuParts
  /** `until` in milliseconds since 1970. */
  readonly onSilence: (until: number) => void
}

const minute = 60_000
const lengths = [
  [m.silence_minutes, 10 * minute],
  [m.silence_hour, 60 * minute],
  [m.silence_day, 24 * 60 * minute],
] as const

export function SilenceMenu({ parts: { Menu }, onSilence }: SilenceMenuProps) {
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className={menu.item}>
        <MicOff size={16} aria-hidden="true" />
        <span className={menu.grow}>{m.member_silence()}</span>
        <ChevronRight size={16} aria-hidden="true" />
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} sideOffset={4}>
          <Menu.Popup className={menu.menu}>
            {lengths.map(([text, length]) => (
              <Menu.Item key={length} className={menu.item} onClick={() => onSilence(Date.now() + length)}>
                {text()}
              </Menu.Item>
            ))}
            <Menu.Item className={menu.item} onClick={() => onSilence(untilLifted)}>
              {m.silence_until_lifted()}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  )
}
