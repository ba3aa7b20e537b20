/** Puts contacts into groups; takes the old client's list of friends in, and gives it out again. */
import { Download, EllipsisVertical, FolderCog, Upload } from 'lucide-react'
import { useRef } from 'react'
import { useShowDialog } from '../app/use-shell.ts'
import { m } from '../i18n/messages.ts'
import { useClient } from '../session/use-session.tsx'
import { IconMenu } from '../ui/icon-menu.tsx'
import { downloadFriends } from './export-people.ts'

export function ContactsMenu() {
  const showDialog = useShowDialog()
  const client = useClient()
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconMenu
        label={m.contacts_more()}
        icon={EllipsisVertical}
        size={20}
        entries={[
          [FolderCog, m.contact_groups_title(), () => showDialog({ kind: 'contact-groups' })],
          [Upload, m.import_action(), () => picker.current?.click()],
          [Download, m.export_action(), () => downloadFriends(client.state().contacts)],
        ]}
      />
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
    </>
  )
}
