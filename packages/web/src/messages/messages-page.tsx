/** The conversations, and the one that is open. */
import { MessageCircle } from 'lucide-react'
import { ChatPage } from '../chat/chat-page.tsx'
import { SidePanel } from '../chat/side-panel.tsx'
import { m } from '../i18n/messages.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import { ConversationsPane } from './conversations-pane.tsx'
import { PageMain } from '../ui/page-main.tsx'
import styles from './messages-page.module.css'

export function MessagesPage({ chosen }: { readonly chosen: number | null }) {
  const narrow = useNarrow()
  return (
    <>
      {!(narrow && chosen !== null) && <ConversationsPane open={chosen} />}
      {chosen !== null && <ChatPage key={chosen} id={chosen} place="shell" />}
      {chosen !== null && <SidePanel id={chosen} />}
      {!narrow && chosen === null && (
        <PageMain className={styles.none}>
          <h1 className="visually-hidden">{m.nav_messages()}</h1>
          <EmptyState icon={MessageCircle} text={m.chat_none()} />
        </PageMain>
      )}
    </>
  )
}
