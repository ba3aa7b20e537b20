/** Who the chat is with, and whether they are there. */
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Conversation } from '@rookery/client'
import { ProfileCard } from '../contacts/profile-card.tsx'
import { m } from '../paraglide/messages.js'
import { useClientState } from '../session/use-session.tsx'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import styles from './chat-header.module.css'

export function ChatHeader({ conversation: { peer, name } }: { readonly conversation: Conversation }) {
  const [, go] = useLocation()
  const narrow = useNarrow()
  const online = useClientState((state) => state.online.has(peer))
  const [shown, setShown] = useState(false)
  const close = () => setShown(false)
  return (
    <header className={styles.header}>
      {narrow && (
        <IconButton label={m.action_back()} onClick={() => go('/')}>
          <ArrowLeft size={22} aria-hidden="true" />
        </IconButton>
      )}
      <div className={styles.who}>
        <h1 className={styles.name}>{name}</h1>
        <p className={styles.presence} data-testid="presence" data-online={online}>
          {online ? m.presence_online() : m.presence_offline()}
        </p>
      </div>
      <button
        type="button"
        className={styles.profile}
        aria-label={m.chat_profile({ name })}
        title={m.chat_profile({ name })}
        onClick={() => setShown(true)}
      >
        <Avatar number={peer} name={name} size={36} />
      </button>
      <DialogFrame open={shown} onClose={close} title={m.profile_title()} titleShown={false}>
        <ProfileCard number={peer} name={name} onDeleted={close} onLeave={close} />
      </DialogFrame>
    </header>
  )
}
