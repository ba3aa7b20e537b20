/** One conversation: its header, its messages, and where to write. */
import { MessageCircleOff } from 'lucide-react'
import { Link } from 'wouter'
import type { Conversation } from '@rookery/client'
import { m } from '../paraglide/messages.js'
import { useClientState } from '../session/use-session.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ChatHeader } from './chat-header.tsx'
import { PageMain } from '../ui/page-main.tsx'
import styles from './chat-page.module.css'
import type { ChatPlace } from './chat-place.ts'
import { ChatStatus } from './chat-status.tsx'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'
import { NotWritable } from './not-writable.tsx'
import { useAttention } from './use-attention.ts'
import { useLook } from './use-look.ts'
import { useReadMarker } from './use-read-marker.ts'
import { useUnreadLine } from './use-unread-line.ts'

interface ChatPageProps {
  readonly id: number
  readonly place: ChatPlace
}

export function ChatPage({ id, place }: ChatPageProps) {
  const conversation = useClientState((state) => state.conversations.get(id))
  const synced = useClientState((state) => state.synced)
  return (
    <PageMain className={styles.page}>
      {conversation && <Chat conversation={conversation} place={place} />}
      {!conversation && <h1 className="visually-hidden">{m.nav_messages()}</h1>}
      {!conversation && synced && (
        <EmptyState icon={MessageCircleOff} text={m.chat_missing()}>
          {place === 'shell' && (
            <Link href="/" className={styles.link}>
              {m.chat_to_list()}
            </Link>
          )}
        </EmptyState>
      )}
    </PageMain>
  )
}

interface ChatProps {
  readonly conversation: Conversation
  readonly place: ChatPlace
}

function Chat({ conversation, place }: ChatProps) {
  const { id, writable } = conversation
  const attentive = useAttention()
  const unreadAfter = useUnreadLine(conversation, attentive)
  useReadMarker(id, attentive)
  useLook(id)

  return (
    <>
      <ChatHeader conversation={conversation} place={place} />
      <MessageList conversation={conversation} unreadAfter={unreadAfter} />
      <ChatStatus conversation={conversation} />
      {writable ? <Composer conversation={conversation} /> : <NotWritable conversation={conversation} />}
    </>
  )
}
