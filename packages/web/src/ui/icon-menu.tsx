/** A button with a menu of lines, each with its icon. */
import type { LucideIcon } from 'lucide-react'
import { useRef, useState } from 'react'
import iconButton from './icon-button.module.css'
import menu from './menu.module.css'
import { usePopups } from './popups.ts'

export type MenuEntry = readonly [icon: LucideIcon, text: string, act: () => void]

interface IconMenuProps {
  readonly label: string
  readonly icon: LucideIcon
  /** Of the icon, in pixels. */
  readonly size: number
  readonly entries: readonly MenuEntry[]
}

export function IconMenu({ label, icon: Icon, size, entries }: IconMenuProps) {
  const place = useRef<HTMLDivElement>(null)
  const popups = usePopups()
  // Pressed before the menu was here: it opens when it comes.
  const [pressed, setPressed] = useState(false)
  const looks = { className: iconButton.button, 'aria-label': label, title: label }
  const icon = <Icon size={size} aria-hidden="true" />
  if (popups === null)
    return (
      <button type="button" {...looks} onClick={() => setPressed(true)}>
        {icon}
      </button>
    )
  const { Menu } = popups
  return (
    <div ref={place}>
      <Menu.Root defaultOpen={pressed}>
        <Menu.Trigger {...looks}>{icon}</Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner side="bottom" align="end" sideOffset={4} className={menu.positioner}>
            <Menu.Popup className={menu.menu}>
              {entries.map(([EntryIcon, text, act]) => (
                <Menu.Item key={text} className={menu.item} onClick={act}>
                  <EntryIcon size={16} aria-hidden="true" />
                  {text}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  )
}
