/** The second line of a conversation: that somebody writes, a draft, else what was said last, sent or not. */
import { CircleAlert, Clock } from 'lucide-react'
import { useEffect } from 'react'
import { nameOf, pendingBody, type Conversation } from '@rookery/client'
import { m } from '../i18n/messages.ts'
import { useClient, useClientState, useMe } from '../session/use-session.tsx'
import { classes } from '../ui/classes.ts'
import { useDraft } from './drafts.ts'
import { peopleIn, previewText, type Said } from './line-text.ts'
import styles from './preview.module.css'
import { isNote } from './title-of.ts'

interface PreviewProps {
  readonly conversation: Conversation
  /** The draft of an open conversation stands in its composer already. */
  readonly open: boolean
}

export function Preview({ conversation, open }: PreviewProps) {
  const draft = useDraft(conversation)
  const me = useMe()
  const { id, kind, typing, pending, messages, mentioned, last_seq } = conversation
  const [writer] = typing
  const waiting = pending.at(-1)
  const last = messages.at(-1)
  if (writer !== undefined) return <Typing writer={writer} conversation={conversation} />
  if (draft.trim() !== '' && !open) {
    return (
      <span className={styles.preview} data-testid="row-draft">
        <span className={styles.strong}>{m.list_draft()}</span> {draft}
      </span>
    )
  }
  if (waiting) {
    return (
      <span className={styles.preview}>
        {waiting.state.kind === 'failed' ? (
          <CircleAlert size={13} className={styles.failed} role="img" aria-label={m.list_failed()} />
        ) : waiting.state.kind === 'sent' ? null : (
          <Clock size={13} className={styles.icon} role="img" aria-label={m.list_sending()} />
        )}
        <SaidLine kind={kind} said={{ conversation: id, sender: me.number, body: pendingBody(waiting) }} />
      </span>
    )
  }
  return (
    <span className={styles.preview}>
      {mentioned > 0 && (
        <span className={styles.strong} data-testid="row-mention">
          {m.list_mentioned()}{' '}
        </span>
      )}
      {last ? <SaidLine kind={kind} said={last} /> : last_seq === 0 && emptyText(conversation, me.number)}
    </span>
  )
}

function SaidLine({ kind, said }: { readonly kind: Conversation['kind']; readonly said: Said }) {
  const client = useClient()
  const { sender, body, conversation } = said
  useEffect(
    () => client.know(peopleIn({ sender, body }), kind === 'group' ? conversation : undefined),
    [client, sender, body, kind, conversation],
  )
  return useClientState((state) => previewText(state, { kind }, said))
}

function Typing({ writer, conversation }: { readonly writer: number; readonly conversation: Conversation }) {
  const { id, kind } = conversation
  const name = useClientState((state) => nameOf(state, writer, id))
  return (
    <span className={classes(styles.preview, styles.typing)} data-testid="row-typing">
      {kind === 'group' ? m.chat_typing({ name }) : m.list_typing()}
    </span>
  )
}

function emptyText(conversation: Conversation, me: number): string {
  if (conversation.kind === 'group') return ''
  return isNote(conversation, me) ? m.note_detail() : m.list_new_contact()
}
