/** What opens over an open chat: the menu of a message, and dialogs. */
import { findMessage, type Conversation } from '@rookery/client'
import { useState } from 'react'
import { useClientState } from '../session/use-session.tsx'
import { nothing, useDesk, useOpened } from './desk.ts'
import { ExportDialog } from './export-dialog.tsx'
import { ForwardDialog } from './forward-dialog.tsx'
import { MergedDialog } from './merged-dialog.tsx'
import { MessageMenu } from './message-menu.tsx'
import { ReactionPicker } from './reaction-picker.tsx'
import { ReadersDialog } from './readers-dialog.tsx'

interface ChatOverlaysProps {
  readonly conversation: Conversation
  readonly writable: boolean
}

export function ChatOverlays({ conversation, writable }: ChatOverlaysProps) {
  const desk = useDesk()
  const opened = useOpened()
  // In the state: a menu may be asked for before this was drawn, and then waits for its place.
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const seq = 'seq' in opened ? opened.seq : null
  const row = useClientState((state) => (seq === null ? null : findMessage(state, conversation.id, seq)))
  const close = () => desk.opened.set(nothing)
  return (
    // Menus stay inside the chat, where those who move by landmarks find them.
    <div ref={setPlace}>
      {opened.kind === 'menu' && row && (
        <MessageMenu
          key={opened.at}
          conversation={conversation}
          row={row}
          anchor={opened.anchor}
          writing={writable}
          place={place}
        />
      )}
      {opened.kind === 'reacting' && row && <ReactionPicker row={row} anchor={opened.anchor} place={place} />}
      <ForwardDialog conversation={conversation} opened={opened} onClose={close} />
      <MergedDialog opened={opened} onClose={close} />
      <ReadersDialog conversation={conversation} opened={opened} onClose={close} />
      <ExportDialog conversation={conversation} open={opened.kind === 'export'} onClose={close} />
    </div>
  )
}
