/** One quiet line between the messages and the composer: being offline, else who is writing. Its place is always kept. */
import { CloudOff } from 'lucide-react'
import { useEffect } from 'react'
import { nameOf, type Conversation } from '@rookery/client'
import { joinList } from '../i18n/lists.ts'
import { m } from '../i18n/messages.ts'
import { useOffline } from '../session/use-offline.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import styles from './chat-status.module.css'

/** Names that are told; more are counted. */
const most = 3

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
function Typing({ conversation: { id, kind, typing } }: { readonly conversation: Conversation }) {
  const client = useClient()
  const inGroup = kind === 'group' ? id : undefined
  useEffect(() => client.know(typing, inGroup), [client, typing, inGroup])
  const names = useClientState((state) => joinList(typing.slice(0, most).map((number) => nameOf(state, number, id))))
  if (typing.length === 0) return null
  return (
    <span className={styles.typing} data-testid="typing">
      {typing.length > most ? m.chat_typing_many({ count: typing.length }) : m.chat_typing({ name: names })}
    </span>
  )
}
