/** What can be done with one message. One menu for the whole chat: a row has none of its own. */
import type { Conversation } from '@rookery/client'
import type { MessageRow } from '@rookery/protocol'
import { CheckCheck, Copy, Forward, ListChecks, Pencil, Reply, SmilePlus, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { m } from '../i18n/messages.ts'
import { useMe } from '../session/use-session.tsx'
import menu from '../ui/menu.module.css'
import { usePopups } from '../ui/popups.ts'
import { allowedOn } from './allowed.ts'
import { nothing, useDesk, type Anchor } from './desk.ts'
import { tellsReaders } from './items.ts'
import { anchorOf } from './menu-anchor.ts'
import styles from './message-menu.module.css'
import { useMessageActions, useReact } from './use-message-actions.ts'
import { useRole } from './use-name.ts'

const quick = ['👍', '❤️', '😂', '🎉', '😮', '😢'] as const

interface MessageMenuProps {
  readonly conversation: Conversation
  readonly row: MessageRow
  readonly anchor: Anchor
  readonly writing: boolean
  readonly place: HTMLElement | null
}

export function MessageMenu({ conversation, row, anchor, writing, place }: MessageMenuProps) {
  const desk = useDesk()
  const me = useMe()
  const popups = usePopups()
  const role = useRole(row.sender, conversation.id)
  const actions = useMessageActions(row)
  const react = useReact(conversation.id)
  const [open, setOpen] = useState(true)
  const allowed = allowedOn(row, conversation, { me: me.number, role, writing })
  if (popups === null) return null
  const { Menu } = popups

  /** The focus goes where the next key is expected; a dialog that opens takes it itself. */
  function focusAfter() {
    const { kind } = desk.doing.state()
    if (desk.opened.state().kind !== 'menu') return false
    if (kind === 'replying' || kind === 'editing') return desk.field.state() ?? false
    return anchor instanceof Element ? anchor.closest<HTMLElement>('[data-testid=message]') : desk.field.state()
  }

  /** Only where nothing else was opened meanwhile. */
  function finish() {
    if (desk.opened.state().kind === 'menu') desk.opened.set(nothing)
  }

  const own = (emoji: string) =>
    row.reactions?.some((one) => one.emoji === emoji && one.numbers.includes(me.number)) ?? false
  const items = [
    [allowed.reply, Reply, m.message_reply(), actions.reply],
    [allowed.copy, Copy, m.action_copy(), actions.copy],
    [allowed.edit, Pencil, m.message_edit(), actions.edit],
    [allowed.forward, Forward, m.message_forward(), actions.forward],
    [allowed.forward, ListChecks, m.message_select(), actions.select],
    [tellsReaders(conversation) && row.sender === me.number, CheckCheck, m.readers_title(), showReaders],
    [allowed.recall, Undo2, m.message_recall(), actions.recall],
  ] as const

  function showReaders() {
    desk.opened.set({ kind: 'readers', seq: row.seq })
  }

  return (
    <Menu.Root open={open} onOpenChange={setOpen} onOpenChangeComplete={(next) => !next && finish()}>
      <Menu.Portal container={place}>
        <Menu.Positioner
          anchor={anchorOf(anchor)}
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={menu.positioner}
        >
          <Menu.Popup className={menu.menu} finalFocus={focusAfter} data-testid="message-menu">
            {allowed.react && (
              <Menu.Group className={styles.quick} aria-label={m.message_react()}>
                {quick.map((emoji) => (
                  <Menu.Item
                    key={emoji}
                    className={styles.emoji}
                    aria-label={m.message_react_with({ emoji })}
                    data-own={own(emoji)}
                    onClick={() => void react(row.seq, emoji, !own(emoji))}
                  >
                    {emoji}
                  </Menu.Item>
                ))}
                <Menu.Item
                  className={styles.emoji}
                  aria-label={m.message_react_more()}
                  onClick={() => desk.opened.set({ kind: 'reacting', seq: row.seq, anchor })}
                >
                  <SmilePlus size={18} aria-hidden="true" />
                </Menu.Item>
              </Menu.Group>
            )}
            {items.map(
              ([isAllowed, Icon, text, act]) =>
                isAllowed && (
                  <Menu.Item key={text} className={menu.item} onClick={() => void act()}>
                    <Icon size={16} aria-hidden="true" className={styles.icon} />
                    {text}
                  </Menu.Item>
                ),
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
