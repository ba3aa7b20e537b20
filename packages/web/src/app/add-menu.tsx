/** The plus: new people, new groups, one's own notes. */
import { MessagesSquare, NotebookPen, Plus, UserRoundPlus, UsersRound } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import { IconMenu } from '../ui/icon-menu.tsx'
import { useOpenNote } from './open-note.ts'
import { useShowDialog } from './use-shell.ts'

export function AddMenu() {
  const showDialog = useShowDialog()
  const openNote = useOpenNote()
  return (
    <IconMenu
      label={m.add_menu()}
      icon={Plus}
      size={22}
      entries={[
        [MessagesSquare, m.group_create(), () => showDialog({ kind: 'create-group', members: [] })],
        [UserRoundPlus, m.add_title(), () => showDialog({ kind: 'add', query: '' })],
        [UsersRound, m.group_find(), () => showDialog({ kind: 'find-group' })],
        [NotebookPen, m.note_title(), () => void openNote()],
      ]}
    />
  )
}
