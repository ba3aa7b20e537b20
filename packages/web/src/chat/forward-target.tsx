/** One chat that a message can be handed on to. */
import type { Conversation } from '@rookery/client'
import { ConversationAvatar } from '../messages/conversation-avatar.tsx'
import { useTitle } from '../messages/title-of.ts'
import styles from './forward-dialog.module.css'

interface ForwardTargetProps {
  readonly conversation: Conversation
  readonly chosen: boolean
  readonly onToggle: () => void
}

export function ForwardTarget({ conversation, chosen, onToggle }: ForwardTargetProps) {
  const title = useTitle(conversation)
  return (
    <li>
      <label className={styles.target}>
        <input type="checkbox" className={styles.check} checked={chosen} onChange={onToggle} />
        <ConversationAvatar conversation={conversation} size={36} />
        <span className={styles.name}>{title}</span>
      </label>
    </li>
  )
}
