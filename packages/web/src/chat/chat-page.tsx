/** One conversation: its header, its messages, and where to write. */
import { MessageCircleOff } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Conversation } from '@rookery/client'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageMain } from '../ui/page-main.tsx'
import { useBarrier } from './use-barrier.ts'
import { ChatHeader } from './chat-header.tsx'
import styles from './chat-page.module.css'
import type { ChatPlace } from './chat-place.ts'
import { ChatStatus } from './chat-status.tsx'
import { Composer } from './composer.tsx'
import { createDesk, DeskContext, useDesk, useDoing } from './desk.ts'
import { MessageList } from './message-list.tsx'
import { NotWritable } from './not-writable.tsx'
import { isSameDrawing } from './same-chat.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useAttention } from './use-attention.ts'
import { useChatKeys } from './use-chat-keys.ts'
import { useLook } from './use-look.ts'
import { useReadMarker } from './use-read-marker.ts'
import { useShake } from './use-shake.ts'
import { useUnreadLine } from './use-unread-line.ts'
import { later } from '../ui/later.tsx'

const SearchPanel = memo(
  later(async () => (await import('./search-panel.tsx')).SearchPanel),
  isSameDrawing,
)

const ChatOverlays = memo(
  later(async () => (await import('./chat-overlays.tsx')).ChatOverlays),
  isSameDrawing,
)

interface ChatPageProps {
  readonly id: number
  readonly place: ChatPlace
}

export function ChatPage({ id, place }: ChatPageProps) {
  const conversation = useClientState((state) => state.conversations.get(id))
  const synced = useClientState((state) => state.synced)
  const [desk] = useState(createDesk)
  return (
    <PageMain className={styles.page}>
      {conversation && (
        <DeskContext value={desk}>
          <Chat conversation={conversation} place={place} />
        </DeskContext>
      )}
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
  const { id } = conversation
  const attentive = useAttention()
  const unreadAfter = useUnreadLine(conversation, attentive)
  const barrier = useBarrier(conversation)
  const doing = useDoing()
  const moved = useShake(id)
  useReadMarker(id, attentive)
  useLook(id)
  useChatKeys()
  useAddressedPlace()

  return (
    <>
      <ChatHeader conversation={conversation} place={place} />
      <div ref={moved} className={styles.moved}>
        <MessageList conversation={conversation} unreadAfter={unreadAfter} writable={barrier.kind === 'none'} />
        <SearchPanel conversation={conversation} />
      </div>
      <ChatStatus conversation={conversation} />
      {doing.kind === 'selecting' ? (
        <SelectionBar seqs={doing.seqs} />
      ) : barrier.kind === 'none' ? (
        <Composer conversation={conversation} />
      ) : (
        <NotWritable conversation={conversation} barrier={barrier} />
      )}
      <ChatOverlays conversation={conversation} writable={barrier.kind === 'none'} />
    </>
  )
}

/** `/c/ID?at=SEQ` leads to one message. */
function useAddressedPlace(): void {
  const { target } = useDesk()
  const [search, setSearch] = useSearchParams()
  const at = Number(search.get('at') ?? 0)
  useEffect(() => {
    if (!Number.isSafeInteger(at) || at <= 0) return
    target.set({ seq: at })
    setSearch({}, { replace: true })
  }, [at, target, setSearch])
}
