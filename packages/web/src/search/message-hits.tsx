/** Messages that were found; much from one chat is one line, which leads to all of it. */
import { ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { ConversationAvatar } from '../messages/conversation-avatar.tsx'
import { m } from '../i18n/messages.ts'
import { useClientState } from '../session/use-session.tsx'
import { byChat } from './by-chat.ts'
import { chatTitle } from './titles.ts'
import styles from './found.module.css'
import { MessageHit } from './message-hit.tsx'
import { Section } from './section.tsx'
import type { Hit } from './use-message-hits.ts'

interface MessageHitsProps {
  readonly hits: readonly Hit[]
  readonly query: string
}

export function MessageHits({ hits, query }: MessageHitsProps) {
  const lines = useMemo(() => byChat(hits), [hits])
  return (
    <Section title={m.search_messages()}>
      {lines.map((line) =>
        line.kind === 'one' ? (
          <MessageHit key={line.hit.message.id} message={line.hit.message} query={query} />
        ) : (
          <ChatHits key={`chat ${line.conversation}`} id={line.conversation} count={line.count} query={query} />
        ),
      )}
    </Section>
  )
}

interface ChatHitsProps {
  readonly id: number
  readonly count: number
  readonly query: string
}

function ChatHits({ id, count, query }: ChatHitsProps) {
  const chat = useClientState((state) => state.conversations.get(id))
  const title = useClientState((state) => chatTitle(state, id))
  return (
    <Link href={`/find?q=${encodeURIComponent(query)}&chat=${id}`} className={styles.row} data-testid="chat-hits">
      {chat && <ConversationAvatar conversation={chat} size={36} />}
      <span className={styles.text}>
        <span className={styles.name}>{title}</span>
        <span className={styles.words}>{m.search_in_chat({ count })}</span>
      </span>
      <ChevronRight size={18} aria-hidden="true" className={styles.action} />
    </Link>
  )
}
