/** `/w/ID`: one chat in a window of its own, and nothing else. */
import { ChatPage } from '../chat/chat-page.tsx'
import type { Locale } from '../i18n/locale.ts'
import { titleOf } from '../messages/title-of.ts'
import { useClientState } from '../session/use-session.tsx'
import { useMessagesHere } from '../messages/use-messages-here.ts'
import { useFirstScreen } from '../ui/first-screen.ts'
import { Toasts } from '../ui/toast.tsx'
import { Announcer } from './announcer.tsx'
import styles from './chat-window.module.css'
import { TopLines } from './top-lines.tsx'
import { product, useTitleBadge } from './use-title-badge.ts'

interface ChatWindowProps {
  readonly id: number
  readonly locale: Locale
}

export function ChatWindow({ id, locale }: ChatWindowProps) {
  const name = useClientState((state) => {
    const conversation = state.conversations.get(id)
    return conversation ? titleOf(state, conversation) : product
  })
  const unread = useClientState(({ conversations }) => conversations.get(id)?.unread ?? 0)
  useTitleBadge(name, unread)
  useFirstScreen(useMessagesHere(id))
  return (
    <>
      <div className={styles.window} lang={locale}>
        <TopLines />
        <ChatPage id={id} place="window" />
      </div>
      <Announcer only={id} />
      <Toasts />
    </>
  )
}
