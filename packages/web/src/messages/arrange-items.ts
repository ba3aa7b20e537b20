/** How a chat is kept: what the menus of its row and of its header have in common. */
import type { Client, Conversation } from '@rookery/client'
import { Bell, BellOff, Pin, PinOff } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import type { MenuEntry } from '../ui/icon-menu.tsx'

export function arrangeItems(client: Client, { id, pinned_at, muted }: Conversation): MenuEntry[] {
  const pinned = pinned_at > 0
  return [
    pinned
      ? [PinOff, m.row_unpin(), () => client.arrange(id, { pinned: false })]
      : [Pin, m.row_pin(), () => client.arrange(id, { pinned: true })],
    muted
      ? [Bell, m.row_unmute(), () => client.arrange(id, { muted: false })]
      : [BellOff, m.row_mute(), () => client.arrange(id, { muted: true })],
  ]
}
