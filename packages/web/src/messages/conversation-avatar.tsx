/** The picture of a conversation: the other one's, the group's, or the sign of one's own notes. */
import { NotebookPen } from 'lucide-react'
import type { Conversation } from '@rookery/client'
import { useMe } from '../session/use-session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { classes } from '../ui/classes.ts'
import avatar from '../ui/avatar.module.css'
import styles from './conversation-avatar.module.css'
import { isNote, useTitle } from './title-of.ts'

interface ConversationAvatarProps {
  readonly conversation: Conversation
  readonly size?: 28 | 36 | 44
  readonly online?: boolean
}

export function ConversationAvatar({ conversation, size = 44, online = false }: ConversationAvatarProps) {
  const me = useMe()
  const title = useTitle(conversation)
  if (isNote(conversation, me.number)) {
    return (
      <span className={classes(avatar.avatar, avatar[`size${size}`], styles.note)}>
        <NotebookPen size={Math.round(size * 0.48)} strokeWidth={1.9} aria-hidden="true" />
      </span>
    )
  }
  const { kind, id, peer } = conversation
  if (kind === 'group') return <Avatar number={id} name={title} size={size} shape="group" />
  return <Avatar number={peer} name={title} size={size} online={online} picture={conversation.avatar} />
}
