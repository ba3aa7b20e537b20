/** One result with what was said around it. It leads to its place in the chat. */
import { nameOf } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'
import { useEffect } from 'react'
import { Link } from 'wouter'
import { fullTime } from '../i18n/dates.ts'
import { useLocale } from '../i18n/locale.ts'
import { ConversationAvatar } from '../messages/conversation-avatar.tsx'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState } from '../session/use-session.tsx'
import { bodyWords } from './body-words.ts'
import { snippet } from './highlight.ts'
import styles from './hit-list.module.css'
import { MarkedText } from './marked-text.tsx'
import { chatTitle } from './titles.ts'
import type { Hit } from './use-message-hits.ts'

const most = 400

export function ContextHit({ hit: { message, before, after }, query }: { readonly hit: Hit; readonly query: string }) {
  const { conversation, seq, sender, at, body } = message
  const client = useClient()
  const locale = useLocale()
  const chat = useClientState((state) => state.conversations.get(conversation))
  const title = useClientState((state) => chatTitle(state, conversation))
  useEffect(() => client.know([sender], conversation), [client, sender, conversation])
  return (
    <Link href={`/c/${conversation}?at=${seq}`} className={styles.card} data-testid="hit" data-seq={seq}>
      <span className={styles.head}>
        {chat && <ConversationAvatar conversation={chat} size={28} />}
        <span className={styles.title}>{title}</span>
        <time className={styles.time}>{fullTime(at, locale)}</time>
      </span>
      {before && <Context row={before} />}
      <span className={styles.words}>
        <Speaker row={message} />
        <MarkedText text={snippet(bodyWords(body), query, 80, most)} query={query} />
      </span>
      {after && <Context row={after} />}
    </Link>
  )
}

function Context({ row }: { readonly row: MessageRow }) {
  const words = bodyWords(row.body)
  if (words === '') return null
  return (
    <span className={styles.context}>
      <Speaker row={row} />
      {words.slice(0, most).toWellFormed()}
    </span>
  )
}

function Speaker({ row: { sender, conversation } }: { readonly row: MessageRow }) {
  const name = useClientState((state) =>
    sender === state.me?.number ? m.chat_me() : nameOf(state, sender, conversation),
  )
  return <span className={styles.who}>{m.search_said({ name })}</span>
}
