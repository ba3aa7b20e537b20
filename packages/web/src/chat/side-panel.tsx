/** Beside the chat, where there is room: the friend's card, or all about the group. */
import type { Conversation } from '@rookery/client'
import { memo } from 'react'
import { useLocation } from 'wouter'
import { usePreferences } from '../app/preferences.ts'
import { isNote } from '../messages/title-of.ts'
import { m } from '../i18n/messages.ts'
import { useClientState, useMe } from '../session/use-session.tsx'
import { HoldContext, useHold } from '../ui/hold.ts'
import { useWide } from '../ui/use-media-query.ts'
import { isSameDrawing } from './same-chat.ts'
import styles from './side-panel.module.css'
import { later } from '../ui/later.tsx'

const GroupPanel = later(async () => (await import('../groups/group-panel.tsx')).GroupPanel)

const ProfileCard = later(async () => (await import('../contacts/profile-card.tsx')).ProfileCard)

export function SidePanel({ id }: { readonly id: number }) {
  const wide = useWide()
  const conversation = useClientState((state) => state.conversations.get(id))
  const [held, hold] = useHold()
  if (conversation === undefined || !(wide || held)) return null
  return (
    <HoldContext value={hold}>
      <Panel key={id} conversation={conversation} hidden={!wide} />
    </HoldContext>
  )
}

interface PanelProps {
  readonly conversation: Conversation
  /** There only for a dialog that was opened from it. */
  readonly hidden: boolean
}

const Panel = memo(function Panel({ conversation, hidden }: PanelProps) {
  const { groupPanel } = usePreferences()
  const [, go] = useLocation()
  const me = useMe()
  if (isNote(conversation, me.number)) return null
  if (conversation.kind === 'group') {
    if (!groupPanel) return null
    return (
      <aside className={styles.panel} aria-label={m.group_info()} data-testid="side-panel" hidden={hidden}>
        <GroupPanel conversation={conversation} onLeft={() => go('/')} />
      </aside>
    )
  }
  const { peer, name } = conversation
  return (
    <aside className={styles.panel} aria-label={m.profile_title()} data-testid="side-panel" hidden={hidden}>
      <ProfileCard number={peer} name={name} inChat />
    </aside>
  )
}, isSameDrawing)
