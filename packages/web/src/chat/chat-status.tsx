/** One quiet line between the messages and the composer: being offline, else who is writing. Its place is always kept. */
import { CloudOff } from 'lucide-react'
import type { Conversation } from '@rookery/client'
import { m } from '../paraglide/messages.js'
import { useOffline } from '../session/use-offline.ts'
import styles from './chat-status.module.css'

export function ChatStatus({ conversation }: { readonly conversation: Conversation }) {
  const offline = useOffline()
  return (
    <p className={styles.line}>
      {offline ? (
        <span className={styles.offline} data-testid="offline-note">
          <CloudOff size={13} aria-hidden="true" />
          {m.composer_offline()}
        </span>
      ) : (
        <Typing conversation={conversation} />
      )}
    </p>
  )
}

/** Can be read, and is not spoken: it comes and goes with every few keys. */
function Typing({ conversation: { typing, peer, name } }: { readonly conversation: Conversation }) {
  if (!typing.includes(peer)) return null
  return (
    <span className={styles.typing} data-testid="typing">
      {m.chat_typing({ name })}
    </span>
  )
}
