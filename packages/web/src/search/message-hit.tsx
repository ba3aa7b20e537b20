/** One message that was found: where, who said it, when, and the words around the hit. It leads to its place. */
import type { MessageRow } from '@rookery/protocol'
import { useEffect } from 'react'
import { Link } from 'wouter'
import { listTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { ConversationAvatar } from '../messages/conversation-avatar.tsx'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { bodyWords } from './body-words.ts'
import { chatTitle, speakerName } from './titles.ts'
import styles from './found.module.css'
import { snippet } from './highlight.ts'
import { MarkedText } from './marked-text.tsx'

interface MessageHitProps {
  readonly message: MessageRow
  readonly query: string
}

export function MessageHit({ message, query }: MessageHitProps) {
  const { conversation, seq, sender, at, body } = message
  const client = useClient()
  const locale = useLocale()
  const chat = useClientState((state) => state.conversations.get(conversation))
  const title = useClientState((state) => chatTitle(state, conversation))
  const speaker = useClientState((state) => speakerName(state, message))
  useEffect(() => client.know([sender], conversation), [client, sender, conversation])
  return (
    <Link href={`/c/${conversation}?at=${seq}`} className={styles.row} data-testid="message-hit" data-seq={seq}>
      {chat && <ConversationAvatar conversation={chat} size={36} />}
      <span className={styles.text}>
        <span className={styles.line}>
          <span className={styles.name}>{title}</span>
          <time className={styles.time}>{listTime(at, locale)}</time>
        </span>
        <span className={styles.words}>
          {speaker !== '' && m.search_said({ name: speaker })}
          <MarkedText text={snippet(bodyWords(body), query)} query={query} />
        </span>
      </span>
    </Link>
  )
}
