/** Puts an emoji into what is being written. */
import { Smile } from 'lucide-react'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import popover from '../ui/popover.module.css'
import { usePopups } from '../ui/popups.ts'
import iconButton from '../ui/icon-button.module.css'
import { EmojiGrid } from './emoji-grid.tsx'

interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void
  /** Where the focus goes afterwards. */
  readonly onClosed: () => HTMLElement | null
}

export function EmojiPicker({ onPick, onClosed }: EmojiPickerProps) {
  const [open, setOpen] = useState(false)
  const popups = usePopups()
  const looks = { className: iconButton.button, 'aria-label': m.composer_emoji(), title: m.composer_emoji() }
  const icon = <Smile size={21} aria-hidden="true" />
  if (popups === null)
    return (
      <button type="button" {...looks} onClick={() => setOpen(true)}>
        {icon}
      </button>
    )
  const { Popover } = popups
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger {...looks}>{icon}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={8} collisionPadding={8} className={popover.positioner}>
          <Popover.Popup className={popover.popup} finalFocus={onClosed}>
            <Popover.Title className="visually-hidden">{m.composer_emoji()}</Popover.Title>
            <EmojiGrid
              onPick={(emoji) => {
                onPick(emoji)
                setOpen(false)
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
