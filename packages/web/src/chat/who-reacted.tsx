/** Tells whose an emoji is, to whoever stays on it with the mouse, the finger or the focus. */
import { nameOf, type ClientState } from '@rookery/client'
import { useState, type ReactElement } from 'react'
import { joinList } from '../i18n/lists.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { usePopups } from '../ui/popups.ts'
import { useLongPress } from '../ui/use-long-press.ts'
import styles from './reactions.module.css'

interface WhoReactedProps {
  readonly conversation: number
  readonly emoji: string
  readonly numbers: readonly number[]
  readonly children: ReactElement
}

/** Names that are told; the others are counted. */
const most = 20

export function WhoReacted({ conversation, emoji, numbers, children }: WhoReactedProps) {
  const client = useClient()
  const popups = usePopups()
  const [open, setOpen] = useState(false)
  const press = useLongPress(() => show(true))

  function show(next: boolean) {
    if (next) client.know(numbers.slice(0, most), conversation)
    setOpen(next)
  }

  if (popups === null) return children
  const { Tooltip } = popups
  return (
    <Tooltip.Root open={open} onOpenChange={show}>
      <Tooltip.Trigger render={children} delay={300} closeOnClick={false} {...press} />
      <Tooltip.Portal>
        <Tooltip.Positioner side="top" sideOffset={6} collisionPadding={8} className={styles.positioner}>
          <Tooltip.Popup className={styles.who} role="tooltip" data-testid="who-reacted">
            {emoji} {namesOf(client.state(), numbers, conversation)}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

function namesOf(state: ClientState, numbers: readonly number[], conversation: number): string {
  const names = numbers
    .slice(0, most)
    .map((number) => (number === state.me?.number ? m.chat_me() : nameOf(state, number, conversation)))
  const rest = numbers.length - names.length
  return joinList(rest > 0 ? [...names, m.reaction_more({ count: rest })] : names)
}
