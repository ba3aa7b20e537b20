/** What members do with a group: bring people in, pass its link on, run it. */
import type { GroupConversation } from '@rookery/client'
import { Link2, Settings, UserRoundPlus, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import styles from './group-actions.module.css'
import { mayInvite, runs } from './roles.ts'
import { later } from '../ui/later.tsx'

const SettingsDialog = later(async () => (await import('./settings-dialog.tsx')).SettingsDialog)

const LinkDialog = later(async () => (await import('./link-dialog.tsx')).LinkDialog)

const InviteDialog = later(async () => (await import('./invite-dialog.tsx')).InviteDialog)

type Doing = 'nothing' | 'invite' | 'link' | 'settings'

export function GroupActions({ conversation }: { readonly conversation: GroupConversation }) {
  const [doing, setDoing] = useState<Doing>('nothing')
  const stop = () => setDoing('nothing')
  const invites = mayInvite(conversation, conversation.group)
  if (!invites) return null
  return (
    <div className={styles.actions}>
      <Action icon={UserRoundPlus} text={m.group_invite()} onClick={() => setDoing('invite')} />
      <Action icon={Link2} text={m.group_link_short()} onClick={() => setDoing('link')} />
      {runs(conversation.role) && (
        <Action icon={Settings} text={m.group_settings_short()} onClick={() => setDoing('settings')} />
      )}
      <InviteDialog open={doing === 'invite'} conversation={conversation} onClose={stop} />
      <LinkDialog open={doing === 'link'} conversation={conversation} onClose={stop} />
      <SettingsDialog open={doing === 'settings'} conversation={conversation} onClose={stop} />
    </div>
  )
}

interface ActionProps {
  readonly icon: LucideIcon
  readonly text: string
  readonly onClick: () => void
}

function Action({ icon: Icon, text, onClick }: ActionProps) {
  return (
    <button type="button" className={styles.action} onClick={onClick}>
      <Icon size={18} aria-hidden="true" />
      {text}
    </button>
  )
}
