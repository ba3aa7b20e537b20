/** Who the chat is with, and whether they are there. */
import { ArrowLeft, ExternalLink } from 'lucide-react'
import { useLocation } from 'wouter'
import type { Conversation } from '@rookery/client'
import { m } from '../paraglide/messages.js'
import { useOffline } from '../session/use-offline.ts'
import { useClientState } from '../session/use-session.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useNarrow, useWide, useMouse } from '../ui/use-media-query.ts'
import styles from './chat-header.module.css'
import type { ChatPlace } from './chat-place.ts'
import { openChatWindow } from './open-window.ts'
import { ProfileButton } from './profile-button.tsx'

interface ChatHeaderProps {
  readonly conversation: Conversation
  readonly place: ChatPlace
}

export function ChatHeader({ conversation: { id, peer, name, writable }, place }: ChatHeaderProps) {
  const [, go] = useLocation()
  const narrow = useNarrow()
  const wide = useWide()
  const mouse = useMouse()
  const online = useClientState((state) => state.online.has(peer))
  const offline = useOffline()
  const inShell = place === 'shell'
  return (
    <header className={styles.header} data-place={place}>
      {inShell && narrow && (
        <IconButton label={m.action_back()} onClick={() => go('/')}>
          <ArrowLeft size={22} aria-hidden="true" />
        </IconButton>
      )}
      <div className={styles.who}>
        <h1 className={styles.name}>{name}</h1>
        <p className={styles.presence} data-testid="presence" data-online={online && !offline}>
          {offline ? m.presence_unknown() : presenceText(online, writable)}
        </p>
      </div>
      {inShell && mouse && (
        <IconButton label={m.chat_window()} onClick={() => openChatWindow(id)}>
          <ExternalLink size={20} aria-hidden="true" />
        </IconButton>
      )}
      {!(inShell && wide) && <ProfileButton number={peer} name={name} />}
    </header>
  )
}

/** To be away is no error: what is written is kept, and this says so before anybody wonders. */
function presenceText(online: boolean, writable: boolean): string {
  if (online) return m.presence_online()
  return writable ? m.presence_offline_waits() : m.presence_offline()
}
