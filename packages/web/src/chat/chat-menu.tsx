/** What can be done with a whole chat. */
import type { Conversation } from '@rookery/client'
import { Download, Ellipsis, Search } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import { arrangeItems } from '../messages/arrange-items.ts'
import { useClient } from '../session/use-session.tsx'
import { IconMenu } from '../ui/icon-menu.tsx'
import { useDesk } from './desk.ts'

export function ChatMenu({ conversation }: { readonly conversation: Conversation }) {
  const client = useClient()
  const desk = useDesk()
  return (
    <IconMenu
      label={m.chat_more()}
      icon={Ellipsis}
      size={20}
      entries={[
        [Search, m.chat_search(), () => desk.searching.set(true)],
        ...arrangeItems(client, conversation),
        [Download, m.export_chat(), () => desk.opened.set({ kind: 'export' })],
      ]}
    />
  )
}
