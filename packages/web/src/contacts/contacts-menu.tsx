/** Puts contacts into groups; takes the old client's list of friends in, and gives it out again. */
import { Download, EllipsisVertical, FolderCog, Upload } from 'lucide-react'
import { useRef } from 'react'
import { useShowDialog } from '../app/use-shell.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import iconButton from '../ui/icon-button.module.css'
import { usePopups } from '../ui/popups.ts'
import menu from '../ui/menu.module.css'
import { downloadFriends } from './export-people.ts'

export function ContactsMenu() {
  const showDialog = useShowDialog()
  const client = useClient()
  const picker = useRef<HTMLInputElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const popups = usePopups()
  const looks = { className: iconButton.button, 'aria-label': m.contacts_more(), title: m.contacts_more() }
  const icon = <EllipsisVertical size={20} aria-hidden="true" />
  if (popups === null)
    return (
      <button type="button" {...looks}>
        {icon}
      </button>
    )
  const { Menu } = popups
  return (
    <div ref={place}>
      <Menu.Root>
        <Menu.Trigger {...looks}>{icon}</Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner side="bottom" align="end" sideOffset={4} className={menu.positioner}>
            <Menu.Popup className={menu.menu}>
              <Menu.Item className={menu.item} onClick={() => showDialog({ kind: 'contact-groups' })}>
                <FolderCog size={16} aria-hidden="true" />
                {m.contact_groups_title()}
              </Menu.Item>
              <Menu.Item className={menu.item} onClick={() => picker.current?.click()}>
                <Upload size={16} aria-hidden="true" />
                {m.import_action()}
              </Menu.Item>
              <Menu.Item className={menu.item} onClick={() => downloadFriends(client.state().contacts)}>
                <Download size={16} aria-hidden="true" />
                {m.export_action()}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <input
        ref={picker}
        type="file"
        accept=".txt,text/plain"
        hidden
        aria-label={m.import_action()}
        data-testid="people-file"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) showDialog({ kind: 'import', file })
          // The same file may be chosen again, after somebody mended it.
          event.target.value = ''
        }}
      />
    </div>
  )
}
