/** Who the chat is with, and whether they are there. */
import { ArrowLeft, ExternalLink } from 'lucide-react'
import { memo } from 'react'
import { useLocation } from 'wouter'
import type { Conversation } from '@rookery/client'
import { GroupButton } from '../groups/group-button.tsx'
import { isNote, useTitle } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'
import { PresenceLine } from '../presence/presence-line.tsx'
import { useMe } from '../session/use-session.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useNarrow, useWide, useMouse } from '../ui/use-media-query.ts'
import styles from './chat-header.module.css'
import { ChatMenu } from './chat-menu.tsx'
import type { ChatPlace } from './chat-place.ts'
import { openChatWindow } from './open-window.ts'
import { ProfileButton } from './profile-button.tsx'
import { isSameDrawing } from './same-chat.ts'

interface ChatHeaderProps {
  readonly conversation: Conversation
  readonly place: ChatPlace
}

export const ChatHeader = memo(function ChatHeader({ conversation, place }: ChatHeaderProps) {
  const { id, kind, peer, name, writable } = conversation
  const [, go] = useLocation()
  const me = useMe()
  const title = useTitle(conversation)
  const narrow = useNarrow()
  const wide = useWide()
  const mouse = useMouse()
  const inShell = place === 'shell'
  const note = isNote(conversation, me.number)
  return (
    <header className={styles.header} data-place={place}>
      {inShell && narrow && (
        <IconButton label={m.action_back()} onClick={() => go('/')}>
          <ArrowLeft size={22} aria-hidden="true" />
        </IconButton>
      )}
      <div className={styles.who}>
        <h1 className={styles.name}>{title}</h1>
        {conversation.kind === 'group' ? (
          <p className={styles.members}>{m.chat_members({ count: conversation.group?.members ?? 0 })}</p>
        ) : note ? (
          <p className={styles.members}>{m.note_detail()}</p>
        ) : (
          <PresenceLine number={peer} waits={writable} testId="presence" />
        )}
      </div>
      {inShell && mouse && (
        <IconButton label={m.chat_window()} onClick={() => openChatWindow(id)}>
          <ExternalLink size={20} aria-hidden="true" />
        </IconButton>
      )}
      <ChatMenu conversation={conversation} />
      {conversation.kind === 'group' && <GroupButton conversation={conversation} place={place} />}
      {kind === 'direct' && !note && !(inShell && wide) && <ProfileButton number={peer} name={name} />}
    </header>
  )
}, isSameDrawing)
