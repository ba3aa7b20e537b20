/** How one chat is kept: the menu of a row in the list. One for the whole list. */
import type { Client, Conversation } from '@rookery/client'
import { ExternalLink, MailCheck, MailOpen } from 'lucide-react'
import { useState, type RefObject } from 'react'
import { anchorOf } from '../chat/menu-anchor.ts'
import type { Anchor } from '../chat/desk.ts'
import { openChatWindow } from '../chat/open-window.ts'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import menu from '../ui/menu.module.css'
import type { MenuEntry } from '../ui/icon-menu.tsx'
import { usePopups } from '../ui/popups.ts'
import { useMouse } from '../ui/use-media-query.ts'
import { arrangeItems } from './arrange-items.ts'
import { isUnread } from './order.ts'

interface RowMenuProps {
  readonly id: number
  readonly anchor: Anchor
  readonly place: RefObject<HTMLElement | null>
  readonly onClosed: () => void
}

export function RowMenu({ id, anchor, place, onClosed }: RowMenuProps) {
  const client = useClient()
  const popups = usePopups()
  const mouse = useMouse()
  const conversation = useClientState((state) => state.conversations.get(id))
  const [open, setOpen] = useState(true)
  if (popups === null || conversation === undefined) return null
  const { Menu } = popups
  const windowed: MenuEntry = [ExternalLink, m.chat_window(), () => openChatWindow(id)]
  const items = [...arrangeItems(client, conversation), markItem(client, conversation), ...(mouse ? [windowed] : [])]
  return (
    <Menu.Root open={open} onOpenChange={setOpen} onOpenChangeComplete={(next) => !next && onClosed()}>
      <Menu.Portal container={place}>
        <Menu.Positioner
          anchor={anchorOf(anchor)}
          side="bottom"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          className={menu.positioner}
        >
          <Menu.Popup
            className={menu.menu}
            data-testid="row-menu"
            finalFocus={() => place.current?.querySelector<HTMLElement>(`a[data-id="${id}"]`)}
          >
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
  )
}

function markItem(client: Client, conversation: Conversation): MenuEntry {
  const { id, last_seq } = conversation
  if (isUnread(conversation)) return [MailCheck, m.row_mark_read(), () => client.read(id, last_seq)]
  return [MailOpen, m.row_mark_unread(), () => client.arrange(id, { marked: true })]
}
