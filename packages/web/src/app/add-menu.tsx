/** The plus: new people, new groups, one's own notes. */
import { MessagesSquare, NotebookPen, Plus, UserRoundPlus, UsersRound } from 'lucide-react'
import { useRef } from 'react'
import { m } from '../i18n/messages.ts'
import iconButton from '../ui/icon-button.module.css'
import menu from '../ui/menu.module.css'
import { usePopups } from '../ui/popups.ts'
import { useOpenNote } from './open-note.ts'
import { useShowDialog } from './use-shell.ts'

export function AddMenu() {
  const showDialog = useShowDialog()
  const openNote = useOpenNote()
  const place = useRef<HTMLDivElement>(null)
  const popups = usePopups()
  const looks = { className: iconButton.button, 'aria-label': m.add_menu(), title: m.add_menu() }
  const icon = <Plus size={22} aria-hidden="true" />
  if (popups === null)
    return (
      <button type="button" {...looks}>
        {icon}
      </button>
    )
  const { Menu } = popups
  const items = [
    [MessagesSquare, m.group_create(), () => showDialog({ kind: 'create-group', members: [] })],
    [UserRoundPlus, m.add_title(), () => showDialog({ kind: 'add', query: '' })],
    [UsersRound, m.group_find(), () => showDialog({ kind: 'find-group' })],
    [NotebookPen, m.note_title(), () => void openNote()],
  ] as const
  return (
    <div ref={place}>
      <Menu.Root>
        <Menu.Trigger {...looks}>{icon}</Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner side="bottom" align="end" sideOffset={4} className={menu.positioner}>
            <Menu.Popup className={menu.menu}>
              {items.map(([Icon, text, act]) => (
                <Menu.Item key={text} className={menu.item} onClick={act}>
                  <Icon size={16} aria-hidden="true" />
                  {text}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  )
}
