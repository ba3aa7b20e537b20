/** Opens all about a group: beside the chat, as a dialog, or as a page where there is room for one thing only. */
import type { GroupConversation } from '@rookery/client'
import { PanelRight } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { prefer, usePreferences } from '../app/preferences.ts'
import type { ChatPlace } from '../chat/chat-place.ts'
import { m } from '../i18n/messages.ts'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { HoldContext, useHold } from '../ui/hold.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useNarrow, useWide } from '../ui/use-media-query.ts'
import styles from './group-button.module.css'
import { later } from '../ui/later.tsx'

const GroupPanel = later(async () => (await import('./group-panel.tsx')).GroupPanel)

interface GroupButtonProps {
  readonly conversation: GroupConversation
  readonly place: ChatPlace
}

export function GroupButton({ conversation, place }: GroupButtonProps) {
  const { groupPanel } = usePreferences()
  const [, go] = useLocation()
  const wide = useWide()
  const narrow = useNarrow()
  const [shown, setShown] = useState(false)
  const [held, hold] = useHold()
  const close = () => setShown(false)
  const beside = place === 'shell' && wide

  function press() {
    if (beside) prefer({ groupPanel: !groupPanel })
    else if (place === 'shell' && narrow) go(`/c/${conversation.id}/info`)
    else setShown(true)
  }

  return (
    <>
      <IconButton label={m.group_info()} aria-pressed={beside ? groupPanel : undefined} onClick={press}>
        <PanelRight size={20} aria-hidden="true" />
      </IconButton>
      <DialogFrame open={shown && (held || !beside)} onClose={close} title={m.group_info()}>
        <div className={styles.body}>
          <HoldContext value={hold}>
            <GroupPanel conversation={conversation} onLeft={close} />
          </HoldContext>
        </div>
      </DialogFrame>
    </>
  )
}
