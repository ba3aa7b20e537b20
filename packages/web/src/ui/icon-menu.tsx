/** A button with a menu of lines, each with its icon. */
import type { LucideIcon } from 'lucide-react'
import iconButton from './icon-button.module.css'
import menu from './menu.module.css'
import { MenuButton } from './menu-button.tsx'

export type MenuEntry = readonly [icon: LucideIcon, text: string, act: () => void]

interface IconMenuProps {
  readonly label: string
  readonly icon: LucideIcon
  /** Of the icon, in pixels. */
  readonly size: number
  readonly entries: readonly MenuEntry[]
}

export function IconMenu({ label, icon: Icon, size, entries }: IconMenuProps) {
  return (
    <MenuButton
      looks={{ className: iconButton.button, 'aria-label': label, title: label }}
      face={<Icon size={size} aria-hidden="true" />}
      side="bottom"
      align="end"
      sideOffset={4}
    >
      {({ Menu }) =>
        entries.map(([EntryIcon, text, act]) => (
          <Menu.Item key={text} className={menu.item} onClick={act}>
            <EntryIcon size={16} aria-hidden="true" />
            {text}
          </Menu.Item>
        ))
      }
    </MenuButton>
  )
}
