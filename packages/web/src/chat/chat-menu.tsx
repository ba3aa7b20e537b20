/** What can be done with a whole chat. */
import type { Conversation } from '@rookery/client'
import { Download, Ellipsis, Search } from 'lucide-react'
import { useRef } from 'react'
import { m } from '../i18n/messages.ts'
import { arrangeItems } from '../messages/arrange-items.ts'
import { useClient } from '../session/use-session.tsx'
import iconButton from '../ui/icon-button.module.css'
import menu from '../ui/menu.module.css'
import { usePopups } from '../ui/popups.ts'
import { useDesk } from './desk.ts'

export function ChatMenu({ conversation }: { readonly conversation: Conversation }) {
  const client = useClient()
  const desk = useDesk()
  const popups = usePopups()
  const place = useRef<HTMLDivElement>(null)
  const looks = { className: iconButton.button, 'aria-label': m.chat_more(), title: m.chat_more() }
  const icon = <Ellipsis size={20} aria-hidden="true" />
  if (popups === null)
    return (
      <button type="button" {...looks}>
        {icon}
      </button>
    )
  const { Menu } = popups
  const items = [
    [Search, m.chat_search(), () => desk.searching.set(true)],
    ...arrangeItems(client, conversation),
    [Download, m.export_chat(), () => desk.opened.set({ kind: 'export' })],
  ] as const
  return (
    <div ref={place}>
      <Menu.Root>
        <Menu.Trigger {...looks}>{icon}</Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner side="bottom" align="end" sideOffset={4} className={menu.positioner}>
            <Menu.Popup className={menu.menu}>
              {items.map(([Icon, text, act]) => (
                <Menu.Item key={text} className={menu.item} onClick={act}>
                  <Icon size={16} aria-hidden="true" />
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
