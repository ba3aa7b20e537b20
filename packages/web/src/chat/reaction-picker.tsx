/** All emoji that can be put under a message. */
import type { MessageRow } from '@rookery/protocol'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import popover from '../ui/popover.module.css'
import { usePopups } from '../ui/popups.ts'
import { nothing, useDesk, type Anchor } from './desk.ts'
import { EmojiGrid } from './emoji-grid.tsx'
import { anchorOf } from './menu-anchor.ts'
import { useReact } from './use-message-actions.ts'

interface ReactionPickerProps {
  readonly row: MessageRow
  readonly anchor: Anchor
  readonly place: HTMLElement | null
}

export function ReactionPicker({ row, anchor, place }: ReactionPickerProps) {
  const desk = useDesk()
  const react = useReact(row.conversation)
  const popups = usePopups()
  const [open, setOpen] = useState(true)
  if (popups === null) return null
  const { Popover } = popups
  return (
    <Popover.Root open={open} onOpenChange={setOpen} onOpenChangeComplete={(next) => !next && desk.opened.set(nothing)}>
      <Popover.Portal container={place}>
        <Popover.Positioner
          anchor={anchorOf(anchor)}
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={popover.positioner}
        >
          <Popover.Popup className={popover.popup} finalFocus={() => desk.field.state()}>
            <Popover.Title className="visually-hidden">{m.message_react()}</Popover.Title>
            <EmojiGrid
              onPick={(emoji) => {
                void react(row.seq, emoji, true)
                setOpen(false)
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
